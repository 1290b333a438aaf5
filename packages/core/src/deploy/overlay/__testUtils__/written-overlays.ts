import fc from 'fast-check';

/** An overlay's kustomization as some person writes it, and what is in it. */
export interface WrittenKustomization {
  readonly text: string;
  readonly tag: string;
  readonly commit: string;
  readonly digest: string;
}

export const base = {
  repository: 'https://git.example.test/acme/ledger.git',
  path: 'deploy/k8s/base',
};
export const image = 'ghcr.io/acme/ledger';

const hex = (length: number) =>
  fc.string({
    unit: fc.constantFrom(...'0123456789abcdef'),
    minLength: length,
    maxLength: length,
  });

interface Style {
  readonly indent: number;
  readonly gap: number;
  readonly eol: string;
  readonly quote: string;
  readonly comment: string;
  readonly isTagged: boolean;
  readonly order: readonly string[];
  readonly lastLine: boolean;
  readonly isFlow: boolean;
  readonly hasTag: boolean;
  readonly anchor: boolean;
}

const style: fc.Arbitrary<Style> = fc.record({
  indent: fc.constantFrom(0, 2, 4),
  gap: fc.constantFrom(1, 3),
  eol: fc.constantFrom('\n', '\r\n'),
  quote: fc.constantFrom('', '"', "'"),
  comment: fc.constantFrom('', ' keep me', ', see RUNBOOK.md'),
  isTagged: fc.boolean(),
  order: fc.shuffledSubarray(
    [
      'namespace',
      'resources',
      'images',
      'patches',
      'labels',
      'generatorOptions',
    ],
    { minLength: 6, maxLength: 6 },
  ),
  lastLine: fc.boolean(),
  isFlow: fc.boolean(),
  hasTag: fc.boolean(),
  anchor: fc.boolean(),
});

/** Kustomization files of many hands: quotes, indents, comments, line ends, orders, flow lists, anchors. */
export const writtenKustomizations: fc.Arbitrary<WrittenKustomization> = fc
  .tuple(
    style,
    hex(40),
    hex(64),
    fc
      .tuple(fc.nat(9), fc.nat(20), fc.nat(9))
      .map(parts => `v${parts.join('.')}`),
  )
  .map(([how, commit, digest, tag]) => ({
    text: write(how, commit, `sha256:${digest}`, tag),
    commit,
    digest: `sha256:${digest}`,
    tag,
  }));

function write(
  how: Style,
  commit: string,
  digest: string,
  tag: string,
): string {
  const pad = ' '.repeat(how.indent);
  const dash = `${pad}-${' '.repeat(how.gap)}`;
  const more = ' '.repeat(how.indent + 1 + how.gap);
  const q = (text: string) => `${how.quote}${text}${how.quote}`;
  const anchor = how.anchor ? '&base ' : '';
  const blocks: Readonly<Record<string, readonly string[]>> = {
    namespace: ['namespace: ledger-dev   # never rename'],
    resources: [
      '# what runs',
      'resources:',
      `${dash}${anchor}${q(`${base.repository}//${base.path}?ref=${commit}`)}${
        how.isTagged ? `  # ${tag}${how.comment}` : ''
      }`,
      '',
      `${pad}# storage`,
      `${dash}pvc.yaml # mine`,
    ],
    images: how.isFlow
      ? [
          `images: [ {name: ${image}${
            how.hasTag ? `, newTag: "${tag.slice(1)}"` : ''
          }, digest: "${digest}"} ]  # pinned`,
        ]
      : [
          'images:',
          `${dash}name: ${q(image)}`,
          ...(how.hasTag ? [`${more}newTag: ${q(tag)}`] : []),
          `${more}digest: ${q(digest)} # do not touch`,
          `${dash}name: redis`,
          `${more}newTag: "7.2"`,
        ],
    patches: [
      'patches:',
      `${dash}target: &app {kind: Deployment, name: ledger}`,
      `${more}patch: |-`,
      `${more}  - {op: add, path: /spec/minReadySeconds, value: 5}`,
      `${dash}target: *app`,
      `${more}path: patches/limits.yaml  # was 512Mi`,
    ],
    labels: ['labels:', `${dash}pairs: { team:   core }`],
    generatorOptions: ['generatorOptions:', ''],
  };
  const lines = [
    '# Owned by team ledger',
    '',
    ...how.order.flatMap(key => blocks[key]),
  ];
  return `${lines.join(how.eol)}${how.lastLine ? how.eol : ''}`;
}
