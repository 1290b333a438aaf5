import { useEffect, useRef, useState } from 'react';
import type { DeliveryAnswer } from '../deliveryAnswer';
import { changesBetween } from './changesBetween';
import { useChangeText } from './useChangeText';
import styles from '../delivery.module.css';

/** Says what changed on the page, politely: seen as one line, and read aloud. */
export function AnnouncementRegion(props: {
  readonly delivery: DeliveryAnswer | undefined;
}) {
  const { delivery } = props;
  const known = useRef<DeliveryAnswer>();
  const [said, setSaid] = useState('');
  const sayNow = useChangeText();
  const say = useRef(sayNow);
  say.current = sayNow;

  useEffect(() => {
    if (!delivery) return;
    const before = known.current;
    known.current = delivery;
    if (!before) return;
    const sentences = changesBetween(before, delivery).map(change =>
      say.current(change, delivery.title),
    );
    // What was said last stays until there is something new to say.
    if (sentences.length > 0) setSaid([...new Set(sentences)].join(' '));
  }, [delivery]);

  return (
    <p role="status" className={said ? styles.announcement : styles.hidden}>
      {said}
    </p>
  );
}
