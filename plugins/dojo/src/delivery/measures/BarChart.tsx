import styles from './Measures.module.css';

const height = 34;
const width = 120;

/** Bars of counts, the newest on the right; a zero is a line on the ground. */
export function BarChart(props: {
  readonly values: readonly number[];
  /** Says the values: nobody has to see them. */
  readonly label: string;
}) {
  const { values, label } = props;
  const most = Math.max(...values, 1);
  const step = width / Math.max(values.length, 1);
  return (
    <svg
      className={styles.chart}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {values.map((value, index) => {
        const bar = Math.max(1, (value / most) * height);
        return (
          <rect
            key={index}
            x={index * step + step * 0.15}
            y={height - bar}
            width={step * 0.7}
            height={bar}
            className={value > 0 ? styles.bar : styles.ground}
          />
        );
      })}
    </svg>
  );
}
