import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { CommitVerdict } from 'backstage-plugin-dojo-common';
import { literalText, Section } from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';

/** The changes that break something, in the words of their commits; nothing where none does. */
export function BreakingChanges(props: {
  readonly commits: readonly CommitVerdict[];
}) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const breaking = props.commits.filter(({ breaking: breaks }) => breaks);
  if (breaking.length === 0) return null;
  return (
    <Section title={t('shipReview.breaking', { count: breaking.length })}>
      {breaking.map((commit, at) => (
        <p key={commit.sha ?? at}>{literalText(textOf(commit))}</p>
      ))}
    </Section>
  );
}

/** What the footer says, which is written for whoever is broken; else what the commit says. */
function textOf({ footers, description, subject }: CommitVerdict): string {
  const footer = footers.find(({ token }) =>
    /^BREAKING[ -]CHANGE$/.test(token),
  );
  return footer?.value ?? description ?? subject;
}
