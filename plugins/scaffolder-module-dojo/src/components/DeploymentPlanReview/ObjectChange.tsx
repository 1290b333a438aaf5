import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { ObjectDiff } from 'backstage-plugin-dojo-common';
import {
  Badge,
  literalText,
  Muted,
  SourceFigure,
} from 'backstage-plugin-dojo-react';
import { useId, useState } from 'react';
import { scaffolderDojoTranslationRef } from '../../translation';
import styles from './ObjectChange.module.css';

/** Of an object with more fields than this, they are shown on request only: a new one has all of its own. */
const openedAtMost = 12;

const tones = {
  created: 'positive',
  changed: 'announcement',
  removed: 'negative',
} as const;

/** One object: its name, what happens to it, and its fields; `+` and `-` are text, so that colour is not needed. */
export function ObjectChange({ diff }: { readonly diff: ObjectDiff }) {
  const { object, change, fields, omitted } = diff;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const count = fields.length + omitted;
  const [open, setOpen] = useState(count <= openedAtMost);
  const id = useId();
  const nameId = useId();
  return (
    <SourceFigure
      caption={
        <>
          <strong id={nameId}>
            {literalText(`${object.kind} ${object.name}`)}
          </strong>
          {object.namespace && (
            <Muted>
              {t('deploymentReview.objects.in', {
                namespace: literalText(object.namespace),
              })}
            </Muted>
          )}
          <Badge tone={tones[change]}>
            {t(`deploymentReview.objects.${change}`)}
          </Badge>
          {count > openedAtMost && (
            <Button
              className={styles.toggle}
              size="small"
              variant="tertiary"
              aria-expanded={open}
              aria-controls={id}
              aria-describedby={nameId}
              onPress={() => setOpen(!open)}
            >
              {open
                ? t('deploymentReview.objects.hide')
                : t('deploymentReview.objects.show', { count })}
            </Button>
          )}
        </>
      }
    >
      <span id={id} hidden={!open} className={styles.fields}>
        {open && <Fields diff={diff} />}
      </span>
    </SourceFigure>
  );
}

function Fields({ diff }: { readonly diff: ObjectDiff }) {
  const { fields, omitted } = diff;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return (
    <>
      {fields.map(field => (
        <Field key={field.path} field={field} />
      ))}
      {omitted > 0 && (
        <Muted>
          {`  ${t('deploymentReview.objects.omitted', { count: omitted })}`}
        </Muted>
      )}
    </>
  );
}

/** A field that is new or goes is one line; of one that changes, each value stands below its path. */
function Field({ field }: { readonly field: ObjectDiff['fields'][number] }) {
  const path = literalText(field.path);
  const before = field.before && literalText(field.before);
  const after = field.after && literalText(field.after);
  if (before === undefined) return <ins>{`+ ${path}: ${after ?? ''}\n`}</ins>;
  if (after === undefined) return <del>{`- ${path}: ${before}\n`}</del>;
  return (
    <>
      <span>{`  ${path}\n`}</span>
      <del>{`- ${before}\n`}</del>
      <ins>{`+ ${after}\n`}</ins>
    </>
  );
}
