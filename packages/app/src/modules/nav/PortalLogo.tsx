import { Link, useSidebarOpenState } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import styles from './PortalLogo.module.css';

/** The way home: the mark, and the portal's title where the menu is open. */
export function PortalLogo() {
  const { isOpen } = useSidebarOpenState();
  const title =
    useApi(configApiRef).getOptionalString('app.title') ?? 'Dojo Portal';
  return (
    <Link to="/" underline="none" className={styles.logo} aria-label={title}>
      <svg viewBox="0 0 32 32" className={styles.mark} aria-hidden="true">
        <path d="M3 9 Q16 4 29 9 M6 14 H26 M9 9 V28 M23 9 V28" />
      </svg>
      {isOpen && <span className={styles.title}>{title}</span>}
    </Link>
  );
}
