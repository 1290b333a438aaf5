import fc from 'fast-check';
import { applySplices } from '../../text/apply-splices';
import {
  base,
  image,
  writtenKustomizations,
} from './__testUtils__/written-overlays';
import { editKustomization } from './edit-kustomization';
import type { WishedVersion } from './edit-kustomization';
import { toPin } from './image-pins';
import { findBase, readKustomization } from './kustomization';
import { readYamlFile } from './yaml-file';

const seed = { seed: 20261129, numRuns: 400 };
const commit = 'c'.repeat(40);
const digest = `sha256:${'d'.repeat(64)}`;
const path = 'ledger/dev/kustomization.yaml';
const address = `${base.repository}//${base.path}`;

function read(text: string) {
  return readKustomization(readYamlFile(path, text));
}

function edit(
  text: string,
  wish: Partial<WishedVersion> = {},
  isTag: (word: string) => boolean = word => /^v?\d+\.\d+\.\d+/.test(word),
): string {
  const splices = editKustomization(
    read(text),
    { base, commit, tag: 'v2.0.0', images: [], resources: [], ...wish },
    isTag,
  );
  return applySplices(text, splices);
}

/** The code and the place of a refusal. */
function refusal(text: string, wish: Partial<WishedVersion> = {}) {
  try {
    return edit(text, wish);
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code} ${message}`;
  }
}

const entry = (rest = '') =>
  `resources:\n- ${address}?ref=${'a'.repeat(40)}${rest}\n`;

describe('editKustomization', () => {
  it(`changes nothing but the version in what people wrote (seed ${seed.seed})`, () => {
    fc.assert(
      fc.property(writtenKustomizations, written => {
        const { text } = written;
        const wish = {
          tag: 'v20.30.40',
          images: [{ name: image, newTag: '20.30.40', digest }],
        };
        const after = edit(text, wish);
        // The same text, with the values of the version in it put back.
        const back = after
          .replaceAll(commit, written.commit)
          .replaceAll(digest, written.digest)
          .replace('# v20.30.40', `# ${written.tag}`);
        const plain = (of: string) =>
          of.replace(/(newTag: ["']?)v?[0-9.]+/g, '$1…');
        const expected = /# v\d/.test(text)
          ? text
          : text.replace(
              new RegExp(`(\\?ref=${written.commit}["']?)`),
              `$1 # ${written.tag}`,
            );
        expect(plain(back)).toBe(plain(expected));
        const now = read(after);
        expect(findBase(now, base)).toMatchObject({
          commit,
          comment: { word: 'v20.30.40' },
        });
        expect(
          now.images.filter(({ name }) => name === image).map(toPin),
        ).toEqual([
          {
            name: image,
            ...(/newTag: ["']?v?\d+\.\d+\.\d+/.test(text) && {
              newTag: '20.30.40',
            }),
            digest,
          },
        ]);
        // And once more: nothing is left to do.
        expect(edit(after, wish)).toBe(after);
      }),
      seed,
    );
  });

  it(`adds a resource and an image in the style of the file (seed ${seed.seed})`, () => {
    fc.assert(
      fc.property(writtenKustomizations, ({ text }) => {
        const after = edit(text, {
          images: [{ name: 'quay.io/acme/other', digest }],
          resources: ['ingress.yaml'],
        });
        const before = read(text);
        const now = read(after);
        expect(now.resources.slice(1)).toEqual([
          ...before.resources.slice(1),
          'ingress.yaml',
        ]);
        expect(now.images.map(toPin)).toEqual([
          ...before.images.map(toPin),
          { name: 'quay.io/acme/other', digest },
        ]);
        const lineEnds = (of: string) => new Set(of.match(/\r?\n/g));
        expect(lineEnds(after)).toEqual(lineEnds(text));
      }),
      seed,
    );
  });

  it.each([
    ['', ' # v2.0.0'],
    [' # v1.0.0', ' # v2.0.0'],
    ['   # v1.0.0, see RUNBOOK.md', '   # v2.0.0, see RUNBOOK.md'],
    [' # keep', ' # v2.0.0 keep'],
    [' # 2 replicas wanted', ' # v2.0.0 2 replicas wanted'],
    ['  #', '  #v2.0.0'],
  ])('writes the tag for the comment %j', (rest, expected) => {
    expect(edit(entry(rest)).split('\n')[1]).toBe(
      `- ${address}?ref=${commit}${expected}`,
    );
  });

  it.each([
    [
      `resources: [pvc.yaml, "${address}?ref=main"] # v1.0.0`,
      `resources: [pvc.yaml, "${address}?ref=${commit}"] # v2.0.0`,
    ],
    [
      `resources: ["${address}", pvc.yaml] # both`,
      `resources: ["${address}?ref=${commit}", pvc.yaml] # both`,
    ],
    [
      `{resources: ["${address}?timeout=90s"]}`,
      `{resources: ["${address}?timeout=90s&ref=${commit}"]} # v2.0.0`,
    ],
    [
      `resources:\n  - ${address.replace('.git//', '//')}?timeout=1m&ref=abc`,
      `resources:\n  - ${address.replace(
        '.git//',
        '//',
      )}?timeout=1m&ref=${commit} # v2.0.0`,
    ],
  ])('pins %s', (text, expected) => {
    expect(edit(text)).toBe(expected);
  });

  it.each([
    // A list that is not there, an empty one, one of another style.
    [
      entry(),
      `${entry()
        .replace(/a{40}/, commit)
        .replace('\n', '\n')
        .trimEnd()} # v2.0.0\nimages:\n  - name: x\n    digest: ${digest}\n`,
    ],
    [
      `${entry(' # v1.0.0')}images: []`,
      `${entry(' # v2.0.0').replace(
        /a{40}/,
        commit,
      )}images: [{name: "x", digest: "${digest}"}]`,
    ],
    [
      `${entry(' # v1.0.0')}images:\n# end\n`,
      `${entry(' # v2.0.0').replace(
        /a{40}/,
        commit,
      )}images:\n- name: x\n  digest: ${digest}\n# end\n`,
    ],
    [
      `${entry(' # v1.0.0')}images:\n-   name: y\n    newTag: "1"`,
      `${entry(' # v2.0.0').replace(
        /a{40}/,
        commit,
      )}images:\n-   name: y\n    newTag: "1"\n-   name: x\n    digest: ${digest}`,
    ],
  ])('adds an image to %j', (text, expected) => {
    expect(edit(text, { images: [{ name: 'x', digest }] })).toBe(expected);
  });

  it.each([
    ['newTag: "1.0.0"\n', `newTag: "1.10"\n  digest: ${digest}\n`],
    ['newTag: 1.0.0 # v\n', `newTag: "1.10" # v\n  digest: ${digest}\n`],
    [`newTag: 1.0.0@${digest}\n`, `newTag: 1.10@${digest}\n`],
    [`digest: '${digest}'`, `digest: '${digest}'`],
  ])('leaves one identity in %j', (pins, expected) => {
    const text = (body: string) =>
      `${entry(' # v2.0.0')}images:\n- name: x\n  ${body}`;
    expect(
      edit(text(pins), { images: [{ name: 'x', newTag: '1.10', digest }] }),
    ).toBe(text(expected).replace(/a{40}/, commit));
  });

  it.each([
    [
      'resources: [pvc.yaml]',
      'DEPLOY_BASE_NOT_USED ledger/dev/kustomization.yaml does not use the base',
    ],
    [
      entry() + entry().slice('resources:\n'.length),
      'DEPLOY_BASE_TWICE ledger/dev/kustomization.yaml:3 ',
    ],
    [`a: &b ${address}?ref=x\nresources: [*b]`, 'DEPLOY_BASE_NOT_USED'],
    [
      `resources: [&b "${address}?ref=x"]\nx: *b`,
      'DEPLOY_OVERLAY_NOT_EDITABLE ledger/dev/kustomization.yaml:1: the ref of the base cannot be changed safely: an alias repeats it elsewhere',
    ],
    [
      `resources:\n- >-\n  ${address}?ref=x`,
      'DEPLOY_OVERLAY_NOT_EDITABLE ledger/dev/kustomization.yaml:2: the ref of the base cannot be changed safely: it is a block',
    ],
    [
      'a: [',
      'DEPLOY_OVERLAY_UNREADABLE ledger/dev/kustomization.yaml:1 cannot be read',
    ],
    [
      `${entry()}---\nb: 1`,
      'DEPLOY_OVERLAY_UNREADABLE ledger/dev/kustomization.yaml:4 cannot be read: it holds more than one document',
    ],
    [
      `${entry()}resources: []`,
      'DEPLOY_OVERLAY_UNREADABLE ledger/dev/kustomization.yaml:3 cannot be read: resources stands twice',
    ],
    [
      '- a',
      'DEPLOY_OVERLAY_UNREADABLE ledger/dev/kustomization.yaml cannot be read: it is no map',
    ],
    ['', 'DEPLOY_OVERLAY_UNREADABLE'],
  ])('refuses %j with file and line', (text, expected) => {
    expect(refusal(text)).toContain(expected);
  });

  it('refuses an image whose entry it cannot set', () => {
    const images = [{ name: 'x', digest }];
    const of = (body: string) =>
      refusal(`${entry()}images:\n- name: x\n  ${body}`, { images });
    expect(of(`digest: &d ${digest.replaceAll('d', 'e')}\nx: *d`)).toContain(
      ':5: image x cannot be changed safely: an alias repeats it elsewhere',
    );
    expect(of('newName: y')).toContain('its newName is y, and not left out');
    expect(of('newTag: "1"')).toContain('the tag to write there is not known');
    expect(of('digest: |\n    x')).toContain('it is a block');
  });
});
