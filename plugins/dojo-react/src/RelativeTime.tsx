import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Focusable, Tooltip, TooltipTrigger } from '@backstage/ui';
import { DateTime } from 'luxon';
import { useState } from 'react';
import { agoOf } from './agoOf';
import { formatSpan } from './formatSpan';
import { dojoReactTranslationRef } from './translation';
import { useNow } from './useNow';
import styles from './kit.module.css';

const second = 1000;

/**
 * How long ago something was ("12 min ago"), going on by itself. The exact time shows on hover and on focus, and a press
 * copies it.
 *
 * @param props.at - ISO 8601
 */
export function RelativeTime(props: {
  readonly at: string;
  /** Whether seconds are told; default: they are "just now". */
  readonly seconds?: boolean;
  /** `for`: how long it lasts ("for 1 min"); default: `ago`. */
  readonly form?: 'ago' | 'for';
}) {
  const { at, seconds = false, form = 'ago' } = props;
  const { t } = useTranslationRef(dojoReactTranslationRef);
  const [isOpen, setIsOpen] = useState(false);
  const [copied, setCopied] = useState(false);
  const exact = DateTime.fromISO(at).toLocaleString(
    DateTime.DATETIME_FULL_WITH_SECONDS,
  );
  const copy = async () => {
    // Only pages of a secure origin have a clipboard.
    await navigator.clipboard?.writeText(exact);
    setCopied(Boolean(navigator.clipboard));
    // A press closes it, and with it what was copied.
    setIsOpen(true);
  };
  return (
    <TooltipTrigger
      delay={300}
      closeDelay={100}
      isOpen={isOpen}
      onOpenChange={open => {
        setIsOpen(open);
        if (!open) setCopied(false);
      }}
    >
      <Focusable>
        <button type="button" className={styles.time} onClick={copy}>
          <time dateTime={at}>
            {form === 'for' ? (
              <Span at={at} />
            ) : (
              <Ago at={at} seconds={seconds} />
            )}
          </time>
        </button>
      </Focusable>
      <Tooltip>
        {copied ? t('relativeTime.copied', { time: exact }) : exact}
      </Tooltip>
    </TooltipTrigger>
  );
}

/** The words alone; told anew by themselves, so that the rest of the page is not. */
function Ago(props: { readonly at: string; readonly seconds: boolean }) {
  const { at, seconds } = props;
  const { t } = useTranslationRef(dojoReactTranslationRef);
  const now = useNow(seconds ? second : 15 * second);
  const ago = agoOf(now - Date.parse(at), seconds);
  switch (ago.kind) {
    case 'just-now':
      return <>{t('relativeTime.justNow')}</>;
    case 'seconds':
      return <>{t('relativeTime.seconds', { amount: `${ago.count}` })}</>;
    case 'minutes':
      return <>{t('relativeTime.minutes', { amount: `${ago.count}` })}</>;
    case 'hours':
      return <>{t('relativeTime.hours', { amount: `${ago.count}` })}</>;
    case 'days':
      return <>{t('relativeTime.days', { count: ago.count })}</>;
    default:
      return <>{DateTime.fromISO(at).toLocaleString(DateTime.DATE_MED)}</>;
  }
}

function Span({ at }: { readonly at: string }) {
  const { t } = useTranslationRef(dojoReactTranslationRef);
  const now = useNow(second);
  return (
    <>
      {t('relativeTime.for', {
        span: formatSpan(Math.max(0, now - Date.parse(at))),
      })}
    </>
  );
}
