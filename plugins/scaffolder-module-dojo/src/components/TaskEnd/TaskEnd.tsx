import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useTaskEventStream } from '@backstage/plugin-scaffolder-react';
import {
  DefaultTemplateOutputs,
  type ScaffolderTemplateOutputsComponent,
} from '@backstage/plugin-scaffolder-react/alpha';
import { ButtonLink, Card } from '@backstage/ui';
import type { ComponentProps } from 'react';
import { useLocation, useParams } from 'react-router-dom';
import { scaffolderDojoTranslationRef } from '../../translation';
import { movedSince } from './movedSince';
import { reviewAgainPath } from './reviewAgainPath';
import styles from './TaskEnd.module.css';

/** What a task of ours ends with: its texts and links, or the way to a new review where others changed what was reviewed. */
export function TaskEnd({
  output,
}: ComponentProps<ScaffolderTemplateOutputsComponent>) {
  const { taskId = '' } = useParams();
  const { error, task } = useTaskEventStream(taskId);
  const { pathname } = useLocation();
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const sentence = error && movedSince(error.message);
  const again = task && reviewAgainPath(pathname, task.spec);
  return (
    <>
      <DefaultTemplateOutputs output={output} />
      {sentence && again && (
        <Card className={styles.end}>
          <p>{sentence}</p>
          <ButtonLink href={again} variant="primary">
            {t('taskEnd.reviewAgain')}
          </ButtonLink>
        </Card>
      )}
    </>
  );
}
