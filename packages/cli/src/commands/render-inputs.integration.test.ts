import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { kustomizeInputs } from 'dojo-testing';
import type { KustomizeInput } from 'dojo-testing';
import { runDojo } from '../__testUtils__/run-dojo';

/** Spread over all tests of kustomize whose input `dojo render` takes; scripts/kustomize-inputs.mjs compares all. */
const sample = [
  'TestAddNamePrefixWithNamespace',
  'TestAnnoOriginLocalBuiltinGenerator',
  'TestAnnoTransformerLocalFilesWithOverlay',
  'TestBaseReuseNameAndKindConflict',
  'TestChangeKind',
  'TestConfMapNameResolutionInDiamondWithPatches',
  'TestDataEndsWithQuotes',
  'TestExtendedPatchGvkLabelSelector',
  'TestExtendedPatchLabelSelector',
  'TestExtendedPatchNameLabelSelector',
  'TestGeneratingIntoNamespaces',
  'TestGeneratorOptionsOverlayDisableNameSuffixHash',
  'TestGeneratorRepeatsInKustomization',
  'TestIssue3393',
  'TestKeepOriginalGVKN',
  'TestKustomizationLabelsInDeploymentTemplate',
  'TestLabelTransformerConfig/includeSelectors=false,_includeTemplates=true,_no_transformerConfig',
  'TestLongLineBreaks',
  'TestMultibasesNoConflict',
  'TestNamePrefixSuffixPatch',
  'TestNamespacedGenerator',
  'TestNullValues2',
  'TestPodDisruptionBudgetMerging',
  'TestReplacementTransformerWithDiamondShape',
  'TestReplacementTransformerWithNamePrefixOverlay',
  'TestReplacementTransformerWithNamespaceOverlay',
  'TestReplacementTransformerWithOriginalName',
  'TestReplacementsField',
  'TestRoleBindingAcrossNamespace',
  'TestSmpDeleteOnResource',
];

describe("kustomize's own inputs", () => {
  let inputs: Map<string, KustomizeInput>;
  let root: string;
  beforeAll(async () => {
    const found = await kustomizeInputs();
    inputs = new Map(
      found.filter(({ isPlain }) => isPlain).map(one => [one.name, one]),
    );
    // The first call on a machine runs the tests of kustomize.
  }, 600_000);
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'dojo-inputs-')));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it.each(sample)(
    'renders that of %s byte for byte as kustomize does',
    async name => {
      const { folder, files } = inputs.get(name)!;
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
      const rendered = join(root, folder);
      const { stdout } = await runDojo(['render', rendered], {
        env: { PATH: process.env.PATH ?? '' },
      });
      expect(stdout).toBe(
        execFileSync('kubectl', ['kustomize', rendered], { encoding: 'utf8' }),
      );
      expect(stdout).not.toBe('');
    },
  );
});
