import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type { ComponentVersions } from 'backstage-plugin-dojo-common';
import { literalText } from 'backstage-plugin-dojo-react';
import { componentName } from '../../components/componentName';
import { scaffolderDojoTranslationRef } from '../../translation';
import { isUnknownVersion, latestVersion } from './unknownVersion';

/** Says of a version that a link names and the component has not that there is none; no other is meant by it. */
export function UnknownVersion(props: {
  /** Entity ref. */
  readonly component: string | undefined;
  /** What the form holds. */
  readonly held: string | undefined;
  /** Absent: they are not known. */
  readonly listed: ComponentVersions | undefined;
}) {
  const { component, held, listed } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  if (!component || !listed || !held || !isUnknownVersion(held, listed)) {
    return null;
  }
  const latest = latestVersion(listed);
  const words = {
    name: componentName(component),
    version: literalText(held),
    latest: latest ?? '',
  };
  return (
    <Alert
      status="danger"
      icon
      title={t(
        latest === undefined
          ? 'unknownVersion.titleNone'
          : 'unknownVersion.title',
        words,
      )}
    />
  );
}
