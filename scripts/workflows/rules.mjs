/** What each workflow here keeps to, beside its schema: who reads one sees at once what it may, and that it runs no text of a stranger. */

/** An action of somebody else is what was reviewed, or it is another commit. */
const pinned =
  /^\s*(?:- )?uses: ([\w.-]+\/[\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/;

/** What a job may write, and why; whatever is not here is refused. */
const grants = {
  'contents: write': 'commit, tag and release',
  'packages: write': 'push an image, or name it',
  'id-token: write': 'sign where something comes from',
  'attestations: write': 'keep where something comes from',
};

/**
 * @param workflow - `text` and `content` of one
 * @returns a sentence for each thing that is wrong
 */
export function faultsOf({ text, content }) {
  return [
    ...faultsOfActions(text),
    ...faultsOfPermissions(content),
    ...faultsOfSteps(content),
    ...('pull_request_target' in content.on
      ? ['pull_request_target runs the code of a stranger with our rights']
      : []),
  ];
}

function faultsOfActions(text) {
  const lines = text.split('\n').filter(line => /^\s*(- )?uses:/.test(line));
  return lines
    .filter(line => !pinned.test(line))
    .map(line => `not pinned by a full SHA with its tag: ${line.trim()}`);
}

/** Action to the SHAs with tags that it is pinned to. */
export function pinsOf(text) {
  return text
    .split('\n')
    .map(line => line.match(pinned))
    .filter(Boolean)
    .map(([, action, sha, tag]) => [action, `${sha} # ${tag}`]);
}

function faultsOfPermissions({ permissions, jobs }) {
  const isNothing =
    permissions !== null &&
    typeof permissions === 'object' &&
    Object.keys(permissions).length === 0;
  const faults = isNothing
    ? []
    : ['the workflow itself grants something: permissions: {} at its top'];
  for (const [name, job] of Object.entries(jobs)) {
    const granted = job.permissions;
    if (granted === null || typeof granted !== 'object') {
      faults.push(`${name} does not say what it may`);
      continue;
    }
    for (const [scope, access] of Object.entries(granted)) {
      const grant = `${scope}: ${access}`;
      if (grant !== 'contents: read' && !(grant in grants)) {
        faults.push(`${name} may ${grant}`);
      }
    }
    if (granted['id-token'] && !writes(job)) {
      faults.push(`${name} may sign, and signs nothing`);
    }
    if (typeof job['timeout-minutes'] !== 'number') {
      faults.push(`${name} may run for hours: timeout-minutes`);
    }
  }
  return faults;
}

/** Whether something of the job makes a provenance. */
const writes = ({ steps }) =>
  steps.some(
    ({ uses = '', run = '' }) =>
      uses.startsWith('actions/attest-build-provenance@') ||
      /publish/.test(run),
  );

function faultsOfSteps({ jobs }) {
  const faults = [];
  for (const [name, { steps }] of Object.entries(jobs)) {
    for (const { uses = '', run = '', with: inputs = {} } of steps) {
      // A branch, a title or an input may hold any text: it comes by `env`, where it is a value.
      if (run.includes('${{')) {
        faults.push(`${name} writes an expression into a script`);
      }
      if (
        uses.startsWith('actions/checkout@') &&
        inputs['persist-credentials'] !== false
      ) {
        faults.push(`${name} leaves the token beside the sources`);
      }
    }
  }
  return faults;
}
