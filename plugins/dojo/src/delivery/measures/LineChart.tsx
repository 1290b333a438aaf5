import styles from './Measures.module.css';

const height = 34;
const width = 120;
/** The line's own width stays inside. */
const margin = 3;

/** A line through the values that are known, the newest on the right. */
export function LineChart(props: {
  readonly values: readonly (number | undefined)[];
  /** Says the values: nobody has to see them. */
  readonly label: string;
}) {
  const { values, label } = props;
  const most = Math.max(...values.map(value => value ?? 0), 1);
  const step = (width - 2 * margin) / Math.max(values.length - 1, 1);
  const points = values.flatMap((value, index) =>
    value === undefined
      ? []
      : [
          `${margin + index * step},${
            height - margin - (value / most) * (height - 2 * margin)
          }`,
        ],
  );
  return (
    <svg
      className={styles.chart}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <polyline
        points={points.join(' ')}
        className={styles.line}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
