import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  type DeploymentPlan,
  type ImagePin,
  isAwaitedCommit,
  shortOid,
} from 'backstage-plugin-dojo-common';
import {
  FactList,
  literalText,
  Mono,
  Section,
} from 'backstage-plugin-dojo-react';
import type { ReactNode } from 'react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { versionName } from './versionName';

/** `sha256:` and as much of a digest as a reader compares. */
const shownOfDigest = 'sha256:'.length + 12;

/** The reason in one sentence, then the version as it is and as it will be, down to commit and image. */
export function DeploymentFacts({ plan }: { readonly plan: DeploymentPlan }) {
  const { decides, shows } = plan;
  const { from, reason } = shows;
  const { version } = decides;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const imagesBefore = new Map(from?.images.map(pin => [pin.name, pin]));
  const versionFacts = (): [string, ReactNode][] => {
    if (version === undefined) {
      return [
        [
          t('deploymentReview.why.version'),
          from ? versionName(from) : t('deploymentReview.why.noVersion'),
        ],
      ];
    }
    return [
      [
        t('deploymentReview.why.version'),
        <Change from={from && versionName(from)} to={versionName(version)} />,
      ],
      [
        t('deploymentReview.why.commit'),
        <Change
          from={from && shortOid(from.commit)}
          to={
            isAwaitedCommit(version.commit)
              ? t('deploymentReview.why.awaited')
              : shortOid(version.commit)
          }
          isLiteral={!isAwaitedCommit(version.commit)}
        />,
      ],
      ...version.images.map((pin): [string, ReactNode] => {
        const before = imagesBefore.get(pin.name);
        return [
          `${t('deploymentReview.why.image')} ${literalText(pin.name)}`,
          <Change
            from={before && pinOf(before)}
            to={pinOf(pin) ?? t('deploymentReview.why.noDigest')}
            isLiteral
          />,
        ];
      }),
    ];
  };
  return (
    <Section title={t('deploymentReview.why.title')}>
      <p>{literalText(reason)}</p>
      <FactList
        facts={[
          ...versionFacts(),
          [t('deploymentReview.why.lands'), <Landing decides={decides} />],
          ...(decides.cluster
            ? [
                [
                  t('deploymentReview.why.cluster'),
                  t('deploymentReview.why.namespace', {
                    name: literalText(decides.cluster.name),
                    namespace: decides.cluster.namespace,
                  }),
                ] as [string, ReactNode],
              ]
            : []),
        ]}
      />
    </Section>
  );
}

function Landing(props: { readonly decides: DeploymentPlan['decides'] }) {
  const { mode, branch } = props.decides;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  switch (mode) {
    case 'pull-request':
      return <>{t('deploymentReview.why.requestMode', { branch })}</>;
    case 'apply':
      return (
        <>
          {props.decides.edits.length > 0
            ? t('deploymentReview.why.applyMode', { branch })
            : t('deploymentReview.why.applyOnly')}
        </>
      );
    default:
      return <>{t('deploymentReview.why.commitMode', { branch })}</>;
  }
}

/** What was and what will be; once where they are the same. */
function Change(props: {
  readonly from: string | undefined;
  readonly to: string;
  readonly isLiteral?: boolean;
}) {
  const { from, to, isLiteral } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const show = (text: string) => (isLiteral ? <Mono>{text}</Mono> : text);
  if (from === undefined || from === to) return <>{show(to)}</>;
  return (
    <>{t('deploymentReview.why.change', { from: show(from), to: show(to) })}</>
  );
}

function pinOf({ newName, newTag, digest }: ImagePin): string | undefined {
  const name = newName ? `${newName} ` : '';
  if (digest) return `${name}${digest.slice(0, shownOfDigest)}…`;
  if (newTag) return `${name}${newTag}`;
  return newName;
}
