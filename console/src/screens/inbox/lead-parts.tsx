import type { ReactNode } from 'react';
import { useSpeech } from '../../i18n';
import { Icon, type IconName } from '../../patterns/icons';
import styles from './lead.module.css';

/** A titled part of the lead's pane. */
export function Part({ title, act, children }: { title: string; act?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h4>
        {title}
        {act}
      </h4>
      {children}
    </section>
  );
}

export interface FactProps {
  icon: IconName;
  label: string;
  value: string | null | undefined;
  href?: string | null;
}

export function Fact({ icon, label, value, href }: FactProps) {
  const { t } = useSpeech();
  return (
    <p className={styles.fact} data-empty={!value}>
      <Icon name={icon} size={16} />
      <span className="sr-only">{label}: </span>
      {value && href ? <a href={href}>{value}</a> : <span title={label}>{value ?? t('not_known')}</span>}
    </p>
  );
}
