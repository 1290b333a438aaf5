import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type { Rehearsal } from 'backstage-plugin-dojo-common';
import {
  FactList,
  FirstFew,
  formatBytes,
  formatDuration,
  Mono,
  PlainTable,
  Warnings,
} from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import shared from '../PlanReview/PlanReview.module.css';
import styles from './Rehearsal.module.css';

type Statement = Rehearsal['statements'][number];

/** What the rehearsal took in all, and each statement's rows and time. */
export function RehearsalReport(props: { readonly rehearsal: Rehearsal }) {
  const { statements, split, ...took } = props.rehearsal;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const total = statements.length.toLocaleString();
  return (
    <>
      <Alert status="success" icon title={t('rehearsal.succeeded')} />
      <Warnings texts={split.map(id => t('rehearsal.split', { id }))} />
      <div className={shared.columns}>
        <div className={shared.lines}>
          <FirstFew
            items={statements}
            showAll={t('rehearsal.showAll', { total })}
          >
            {(shown, id) => <StatementTable id={id} statements={shown} />}
          </FirstFew>
        </div>
        <FactList
          facts={[
            [t('rehearsal.total'), formatDuration(took.duration)],
            [t('rehearsal.disk'), formatBytes(took.diskBytes)],
            [t('rehearsal.sizeAfter'), formatBytes(took.sizeAfter)],
          ]}
        />
      </div>
    </>
  );
}

function StatementTable(props: {
  readonly id: string;
  readonly statements: readonly Statement[];
}) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return (
    <PlainTable
      id={props.id}
      className={styles.statements}
      columns={[
        t('rehearsal.statement'),
        t('rehearsal.line'),
        t('rehearsal.rows'),
        t('rehearsal.time'),
      ]}
    >
      {byFile(props.statements).map(({ id, statements }) => (
        <tbody key={id}>
          <tr>
            <th scope="rowgroup" colSpan={4}>
              <Mono>{id}</Mono>
            </th>
          </tr>
          {statements.map((statement, index) => (
            <tr key={index}>
              <td>{statement.verb}</td>
              <td>{statement.line}</td>
              <td>{statement.rows?.toLocaleString() ?? '–'}</td>
              <td>{formatDuration(statement.duration)}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </PlainTable>
  );
}

/** Neighbours of one file together, in the order they ran: with `order: ddl-first` a file comes twice. */
function byFile(statements: readonly Statement[]) {
  const files: Array<{ id: string; statements: Statement[] }> = [];
  for (const statement of statements) {
    const last = files.at(-1);
    if (last?.id === statement.id) last.statements.push(statement);
    else files.push({ id: statement.id, statements: [statement] });
  }
  return files;
}
