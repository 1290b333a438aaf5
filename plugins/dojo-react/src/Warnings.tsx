import { Alert } from '@backstage/ui';
import { sentenceOf } from './sentenceOf';

/** What a reader should know although it keeps nothing from running: a sentence each, in their order. */
export function Warnings({ texts }: { readonly texts: readonly string[] }) {
  return (
    <>
      {texts.map(text => (
        <Alert key={text} status="warning" icon title={sentenceOf(text)} />
      ))}
    </>
  );
}
