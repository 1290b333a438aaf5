import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FileDiff } from 'backstage-plugin-dojo-common';
import {
  Badge,
  literalText,
  Muted,
  Section,
  SourceFigure,
} from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { useIsNew } from '../NewSince/NewSince';
import { partName } from '../NewSince/reviewedParts';
import styles from './FileDiffs.module.css';

/** The files of a commit, line by line; `+` and `-` are text, so that colour is not needed. */
export function FileDiffs(props: {
  readonly title: string;
  readonly diffs: readonly FileDiff[];
  /** Whether they are shown on request only; default: at once. */
  readonly isFolded?: boolean;
  /** Which of them are shown on request only where the others are not; default: none. */
  readonly folds?: (path: string) => boolean;
}) {
  const { diffs, isFolded = false, folds = () => false } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const shown = (
    <div className={styles.diffs}>
      {diffs.map(diff =>
        folds(diff.path) && !isFolded ? (
          <details key={diff.path}>
            <summary>{t('files.showOne', { path: diff.path })}</summary>
            <Diff diff={diff} />
          </details>
        ) : (
          <Diff key={diff.path} diff={diff} />
        ),
      )}
    </div>
  );
  return (
    <Section title={props.title}>
      {isFolded ? (
        <details>
          <summary>{t('files.show', { count: diffs.length })}</summary>
          {shown}
        </details>
      ) : (
        shown
      )}
    </Section>
  );
}

const lines = {
  add: { as: 'ins', sign: '+' },
  remove: { as: 'del', sign: '-' },
  context: { as: 'span', sign: ' ' },
} as const;

function Diff({ diff }: { readonly diff: FileDiff }) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const isNew = useIsNew();
  return (
    <SourceFigure
      caption={
        <>
          {literalText(diff.path)}
          {diff.created && (
            <Badge tone="announcement">{t('files.created')}</Badge>
          )}
        </>
      }
    >
      {diff.lines.map((line, index) => {
        const { as: Line, sign } = lines[line.kind];
        const text = `${sign} ${literalText(line.text)}`;
        return isNew(partName.line(diff.path, line)) ? (
          <Line key={index} className={styles.new}>
            {text} <b>{t('newSince.line')}</b>
            {'\n'}
          </Line>
        ) : (
          <Line key={index}>{`${text}\n`}</Line>
        );
      })}
      {diff.omitted > 0 && (
        <Muted>{`  ${t('files.omitted', { count: diff.omitted })}`}</Muted>
      )}
    </SourceFigure>
  );
}
