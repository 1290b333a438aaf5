import { toValue, watchEffect } from 'vue';
import type { MaybeRefOrGetter } from 'vue';
import { TITLE } from '../title';

/** Names the browser's tab after the page. */
export const usePageTitle = (title: MaybeRefOrGetter<string | undefined>) =>
  watchEffect(() => {
    const page = toValue(title);
    document.title = page ? `${page} · ${TITLE}` : TITLE;
  });
