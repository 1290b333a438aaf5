import { nextTick, ref } from 'vue';

/** What the live region says; App.vue shows it to screen readers. */
export const said = ref('');

/** Says what has just happened, also when it is what happened before. */
export async function announce(sentence: string): Promise<void> {
  said.value = '';
  await nextTick();
  said.value = sentence;
}
