import { useEffect, useRef, useState } from 'react';
import type { DeliveryAnswer } from '../deliveryAnswer';
import { Announcer } from './Announcer';
import { useSeenDeliveries } from './seenDeliveries';
import { useChangesText } from './useChangeText';
import styles from '../delivery.module.css';

/**
 * Says what changed on the page, politely: seen as one line, and read aloud. Who comes back to it is told what changed since
 * they saw it last.
 */
export function AnnouncementRegion(props: {
  readonly delivery: DeliveryAnswer | undefined;
}) {
  const { delivery } = props;
  const announcer = useRef<{ component: string; announcer: Announcer }>();
  const [said, setSaid] = useState('');
  const tools = { say: useChangesText(), seen: useSeenDeliveries() };
  const latest = useRef(tools);
  latest.current = tools;

  useEffect(() => {
    if (!delivery) return;
    const { say, seen } = latest.current;
    const { component, title } = delivery;
    if (announcer.current?.component !== component) {
      announcer.current = {
        component,
        announcer: new Announcer(seen.of(component)),
      };
    }
    const { announcer: told } = announcer.current;
    const changes = told.next(delivery, Date.now());
    seen.keep(told.seen ?? delivery);
    // What was said last stays until there is something new to say.
    if (changes.length > 0) setSaid(say(changes, title));
  }, [delivery]);

  return (
    <p role="status" className={said ? styles.announcement : styles.hidden}>
      {said}
    </p>
  );
}
