import { sentenceOfFailure } from './sentence-of-failure';

const tree = '/tmp/dojo-render-h-1-x/tree';
const logged = (text: string) =>
  `E1129 12:48:04.364180   18742 run.go:72] "command failed" err=${JSON.stringify(
    text,
  )}\n`;

describe('sentenceOfFailure', () => {
  it.each([
    [
      logged(
        `accumulating resources: accumulation err='merging resources from 'pvc.yaml': may not add resource with an already registered id: PersistentVolumeClaim.v1.[noGrp]/dojo-data.[noNs]': must build at directory: '${tree}/ledger/dev/pvc.yaml': file is not directory`,
      ),
      'PersistentVolumeClaim dojo-data is brought in twice, the second time by pvc.yaml',
    ],
    [
      logged(
        'no resource matches strategic merge patch "Secret.v1.[noGrp]/q.[noNs]": no matches for Id Secret.v1.[noGrp]/q.[noNs]; failed to find unique target for patch Secret.v1.[noGrp]/q.[noNs]',
      ),
      'a patch is for Secret q, which is not there',
    ],
    [
      `Error: accumulating resources: accumulation err='accumulating resources from 'a.yaml': bad yaml in ${tree}/ledger/a.yaml': must build at directory: '${tree}/ledger/a.yaml': file is not directory\n`,
      "accumulating resources from 'a.yaml': bad yaml in ledger/a.yaml",
    ],
    [
      logged(
        'map[string]interface {}{"apiVersion":"v1", "kind":"Secret", "stringData":map[string]interface {}{"token":"hunter2", "n":+Inf}}: json: unsupported value: +Inf',
      ),
      '… json: unsupported value: +Inf',
    ],
    [
      'E1129 13:36:46.392152     637 run.go:72] "command failed" err=<\n\ttrouble configuring builtin PatchTransformer with config: `\n\tpatch: token: hunter2\n\t`: unable to parse SM or JSON patch from [patch: "token: hunter2"]\n >\n',
      'trouble configuring builtin PatchTransformer with config: …: unable to parse SM or JSON patch from …',
    ],
    [
      logged(
        'merging from generator &{0xc0001245b0 <nil>}: id resid.ResId{Gvk:resid.Gvk{Group:"", Version:"v1", Kind:"ConfigMap", isClusterScoped:false}, Name:"rates", Namespace:""} exists; behavior must be merge or replace',
      ),
      'ConfigMap rates is generated twice, and the second time has no behavior merge or replace',
    ],
    [
      'E1129 16:14:00.593076   20477 run.go:72] "command failed" err=<\n\tmap[string]interface {}(nil): yaml: unmarshal errors:\n\t  line 19: mapping key "env" already defined at line 16\n >\n',
      'yaml: unmarshal errors: line 19: mapping key "env" already defined at line 16',
    ],
    [
      'panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation code=0x1]\n\ngoroutine 1 [running]:\nregexp.(*Regexp).doExecute(0xc000276308?)\n',
      'it crashed (runtime error: invalid memory address or nil pointer dereference)',
    ],
    ['', ''],
  ])('says %j in a few words', (stderr, sentence) => {
    expect(sentenceOfFailure(stderr, tree)).toBe(sentence);
  });

  it('says nothing of an object that is shown whole', () => {
    const said = sentenceOfFailure(
      logged(
        'invalid resource: apiVersion: v1\nkind: Secret\nstringData:\n  token: hunter2\n',
      ),
      tree,
    );
    expect(said).not.toContain('hunter2');
  });
});
