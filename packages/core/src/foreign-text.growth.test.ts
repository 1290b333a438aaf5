import { parseDeploymentMessage } from './deploy/deployment-message';
import { editKustomization } from './deploy/overlay/edit-kustomization';
import { readKustomization } from './deploy/overlay/kustomization';
import { readYamlFile } from './deploy/overlay/yaml-file';
import { countSteps } from './text/__testUtils__/count-steps';
import { growthOf } from './text/__testUtils__/growth-of';
import { maxNotes } from './release/plan-release';
import { applySplices } from './text/apply-splices';
import { chooseVersionLine } from './release/choose-version-line';
import {
  parseTagMessage,
  parseReleasedVersion,
} from './release/commit-message';
import { judgeCommits } from './release/commits/judge-commits';
import type { CommitMessage } from './release/commits/judge-commits';
import { parseCommit } from './release/commits/parse-commit';
import { decideVersion } from './release/decide-version';
import { editChangelog } from './release/edit-changelog';
import { readChangelogLines } from './release/read-changelog-lines';
import { maxBytesOf } from './release/release-paths';
import { renderDiff } from './text/render-diff';
import { renderNotes } from './release/render-notes';
import {
  releaseState,
  versionTag,
} from './release/__testUtils__/release-state';
import { readVersionFile } from './release/version-files/read-version-file';
import { releaseRequestSchema } from 'backstage-plugin-dojo-common';
import { parseGitFailure } from './git/run/parse-git-failure';
import { encodeTree, parseObject, parseTree } from './git/objects/git-objects';
import { parseRefs } from './git/remote/parse-refs';
import { inGraphOrder } from './repository/in-graph-order';
import { selectVersionTags } from './repository/version-tags';

/**
 * What others wrote is read in time linear in its length: three times the input takes at most about three times the
 * steps. Steps are counted and not timed: blocks of our code, what built-in functions go over, and what expressions look
 * at, each time that they go back included.
 *
 * Three parsers are not ours, and their steps cannot be counted from here: jsonc-parser, toml-eslint-parser and yaml.
 * Their input is bounded instead: see `maxBytesOf`, of which the last test is.
 */
const few = 200;
/** For what is sorted, and far from what grows with the square: ninefold. */
const slack = 1.5;
/** Whole hashes, whose first seven digits differ. */
const sha = (index: number) =>
  index.toString(16).padStart(7, '0').padEnd(40, '0');
const times = (count: number, text: string) => text.repeat(count);
const list = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

const judge =
  (make: (index: number, count: number) => CommitMessage) =>
  (count: number) => {
    const commits = list(count, index => make(index, count));
    return () => judgeCommits(commits);
  };
const inLine = (index: number, message: string, more: string[] = []) => ({
  sha: sha(index),
  parents: [sha(index + 1), ...more],
  message,
});
const message = (make: (count: number) => string) => (count: number) => {
  const text = make(count);
  return () => [
    parseCommit(text),
    judgeCommits([{ sha: sha(1), message: text }]),
    judgeCommits([{ sha: sha(1), message: text }], { squash: 'body' }),
    parseReleasedVersion(text),
    parseTagMessage(text),
    renderNotes(judgeCommits([{ sha: sha(1), message: text }]), 'https://e'),
  ];
};
const changelog = (make: (count: number) => string) => (count: number) => {
  const text = make(count);
  const file = {
    kind: 'text',
    path: 'CHANGELOG.md',
    oid: sha(1),
    mode: '100644',
    text,
  } as const;
  const section = { version: '9.9.9', date: '2026-01-01', notes: '- x' };
  return () => [
    readChangelogLines(text),
    editChangelog('CHANGELOG.md', file, section),
  ];
};
const lock =
  (path: string, make: (count: number) => string) => (count: number) => {
    const text = make(count);
    const owner = {
      path: 'Cargo.toml',
      text: '[workspace.package]\nversion = "1.0.0"\n',
    };
    return () => readVersionFile(path, text, owner);
  };
const tags = (make: (index: number) => string) => (count: number) => {
  const all = list(count, index => ({
    name: make(index),
    oid: sha(index),
    commit: sha(index),
  }));
  const choices = [{}, { tagPrefix: 'v' }, { path: 'services/api' }];
  return () =>
    choices.map(choice => {
      selectVersionTags(all, choice);
      try {
        return chooseVersionLine(all, { bump: 'auto', ...choice }, 'r');
      } catch (error) {
        return error;
      }
    });
};

const overlay = (make: (count: number) => string) => (count: number) => {
  const file = readYamlFile('kustomization.yaml', make(count));
  const base = { repository: 'https://e/a.git', path: 'b' };
  const images = [{ name: 'x', digest: `sha256:${times(64, 'a')}` }];
  return () => {
    const wish = { base, commit: sha(1), images, resources: ['y.yaml'] };
    return editKustomization(readKustomization(file), wish, () => true);
  };
};
const entry = `- https://e/a.git//b?ref=${sha(2)}`;

const parsers: Record<string, (count: number) => () => unknown> = {
  'deployment messages of trailers': count => {
    const text = `x\n\n${times(count, 'Dojo-Image: a@sha256:b\n')}`;
    return () => parseDeploymentMessage(text);
  },
  'overlays of resources': overlay(
    count => `resources:\n${entry}\n${times(count, '- a//b?ref=c\n')}`,
  ),
  'overlays of images': overlay(
    count =>
      `resources:\n${entry}\nimages:\n${times(
        count,
        '- {name: a, newTag: b@}\n',
      )}`,
  ),
  'overlays of blanks': overlay(
    count => `resources:\n${entry}${times(count, ' ')}\n${times(count, '\n')}`,
  ),

  'messages of one line': message(count => `feat: ${times(count, 'x ')}`),
  'messages of blank lines': message(count => `feat: x${times(count, '\n')}`),
  'messages of footers': message(
    count => `feat: x\n\n${times(count, 'A: b\n')}`,
  ),
  'messages of breaking footers': message(
    count => `feat: x\n\n${times(count, 'BREAKING CHANGE:\n\n')}`,
  ),
  'messages of lists': message(
    count => `feat: x\n\n${times(count, '* fix: y\n')}`,
  ),
  'messages of scopes that never close': message(
    count => `feat(${times(count, '(')}`,
  ),
  'messages of reverts': message(
    count =>
      `Revert "${times(count, '" (#1')}"\n\n${times(
        count,
        'This reverts commit abcdef0.\n',
      )}`,
  ),
  'messages of trailers': message(
    count => `chore(release): 1.0.0\n\n${times(count, 'Dojo-Plan: x\n\n')}`,
  ),
  'commits of one line': judge(index => inLine(index, 'feat: x')),
  'commits reverted by the next': judge(index =>
    inLine(
      index,
      index % 2 === 0
        ? `Revert "feat: x"\n\nThis reverts commit ${sha(index + 1)}.`
        : 'feat: x',
    ),
  ),
  'reverts of reverts': judge(index =>
    inLine(index, `Revert "x"\n\nThis reverts commit ${sha(index + 1)}.`),
  ),
  'reverts of two reverts each': judge(index =>
    inLine(index, `revert: x\n\nRefs: ${sha(index + 1)}, ${sha(index + 2)}`),
  ),
  'reverts by one subject': judge((index, count) =>
    inLine(index, index < count / 2 ? 'revert: feat: x' : 'feat: x'),
  ),
  'reverts of merges': judge(index => {
    const group = index - (index % 3);
    return [
      inLine(index, `Revert "m"\n\nThis reverts commit ${sha(group + 1)}.`),
      {
        sha: sha(index),
        parents: [sha(group + 3), sha(group + 2)],
        message: 'Merge branch m',
      },
      { sha: sha(index), parents: [sha(1_000_000)], message: 'feat: y' },
    ][index % 3];
  }),
  'reverts of merges in merges': judge((index, count) =>
    index < count / 2
      ? inLine(
          index,
          `Revert "m"\n\nThis reverts commit ${sha(
            index + Math.floor(count / 2),
          )}.`,
        )
      : {
          sha: sha(index),
          parents: [sha(1_000_000), sha(index + 1)],
          message: 'feat: m',
        },
  ),
  'the order of a history that came the wrong way round': count => {
    const commits = list(count, index => ({
      oid: sha(index),
      parents: index === 0 ? [] : [sha(index - 1)],
    }));
    return () => inGraphOrder(commits);
  },
  'changelogs of versions': changelog(
    count => `# C\n\n${times(count, '## 1.0.0\n\n- x\n')}`,
  ),
  'changelogs of fences': changelog(count => times(count, '```\n~~~\n')),
  'changelogs of longer and longer fences': changelog(count =>
    list(Math.ceil(Math.sqrt(count)), index => '`'.repeat(index + 3))
      .reverse()
      .join('\n'),
  ),
  'changelogs of comments': changelog(count => times(count, '<!--\n')),
  'changelogs of comments that end': changelog(count =>
    times(count, '<!-- x --> <!--\n-->\n'),
  ),
  'changelogs of front matter': changelog(count => times(count, '---\n')),
  'changelogs of anchors': changelog(
    count => `# C\n${times(count, '<a name="x"></a>\n')}## 1.0.0\n`,
  ),
  'changelogs of links': changelog(count => `# C\n${times(count, '[a]: b\n')}`),
  'changelogs of blanks': changelog(count => `# C\n${times(count, ' \t\n')}`),
  'changelogs of one line': changelog(count => times(count, '[')),
  'Cargo.lock': lock('Cargo.lock', count =>
    times(count, '[[package]]\nname = "a"\nversion = "1.0.0"\n\n'),
  ),
  'Cargo.lock of one package': lock(
    'Cargo.lock',
    count => `[[package]]\n${times(count, 'name = "a"\nversion = "1.0.0"\n')}`,
  ),
  'uv.lock': lock('uv.lock', count =>
    times(count, '[[package]]\nname = "a-_.b"\nversion = "1.0.0"\n'),
  ),
  'text with a version': count => {
    const text = `${times(count, ' ')}1.0.0${times(count, ' \n')}`;
    return () => readVersionFile('VERSION', text);
  },
  'tags of one line': tags(index => `v1.0.${index}`),
  'tags of a line each': tags(index => `a${index}-v1.0.0`),
  'tags that are no versions': tags(index => `v1.${index}.0.0`),
  'tags of two numbers': tags(index => `v1.${index}`),
  'tags of long names': tags(index => `v${index}.1-${times(200, 'a-1.1.1-')}!`),
  'versions that are all taken': count => {
    const versionTags = [
      ...list(count, index => versionTag(`0.3.${count - index}`, 'd')),
      versionTag('0.3.0'),
    ];
    const state = releaseState({ versionTags, messages: ['fix: x'] });
    const request = releaseRequestSchema.parse({ repository: 'r' });
    return () => {
      try {
        return decideVersion(state, request);
      } catch (error) {
        return error;
      }
    };
  },
  'diffs of many splices on one line': count => {
    const text = times(count, 'a1b');
    const splices = list(count, index => ({
      start: 3 * index + 1,
      end: 3 * index + 2,
      text: '2',
    }));
    const edit = { path: 'x', mode: '100644', splices } as const;
    return () => [
      renderDiff({ ...edit, splices }, text),
      applySplices(text, splices),
    ];
  },
  refs: count => {
    const text = list(
      count,
      index =>
        `${sha(index)}\trefs/tags/v1.0.${index}\n${sha(
          index,
        )}\trefs/tags/v1.0.${index}^{}\n`,
    ).join('');
    return () => parseRefs(text);
  },
  'refs without an end': count => {
    const text = times(count, `${sha(1)}\trefs/tags/v1`);
    return () => parseRefs(text);
  },
  trees: count => {
    const tree = encodeTree(
      list(count, index => ({
        mode: '100644',
        name: Buffer.from(`f${index}`),
        oid: sha(index),
      })),
    );
    return () => parseTree(tree, 'sha1');
  },
  'trees that are none': count => {
    const bytes = Buffer.from(times(count, '100644 x'));
    return () => {
      try {
        return parseTree(bytes, 'sha1');
      } catch (error) {
        return error;
      }
    };
  },
  'headers of a commit': count => {
    const body = Buffer.from(`${times(count, `parent ${sha(1)}\n`)}\nx`);
    return () => parseObject(body);
  },
  'what git says': count => {
    const said = { stderr: times(count, "fatal: repository 'x\nremote: y\n") };
    const context = { verb: 'fetch', repository: 'r', secrets: ['hunter2'] };
    return () => parseGitFailure(said, context);
  },
};

describe('text that others wrote', () => {
  it.each(Object.keys(parsers))('is read in linear time: %s', name => {
    const stepsOf = (count: number) =>
      countSteps('/src/', parsers[name](count));
    const bound = 3 * slack;
    expect(
      growthOf(
        () => stepsOf(few),
        () => stepsOf(3 * few),
      ),
    ).toBeLessThan(bound);
  });

  it('is bounded where its parser is not ours', () => {
    const kibibytes = (path: string) => maxBytesOf(path) / 1024;
    expect(kibibytes('pyproject.toml')).toBe(512);
    expect(kibibytes('Chart.yaml')).toBe(512);
    expect(kibibytes('package.json')).toBe(2 * 1024);
    expect(kibibytes('package-lock.json')).toBe(16 * 1024);
    expect(maxNotes).toBe(1024 * 1024);
  });
});
