/** Characters of a service's name, at most: `<name>-<environment>` is a namespace, which has 63. */
const maxServiceName = 40;

const namePattern = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** Python's keywords, and the soft ones (Python 3.14, "Lexical analysis"): no package has such a name. */
const pythonKeywords = [
  ...['and', 'as', 'assert', 'async', 'await', 'break', 'case', 'class'],
  ...['continue', 'def', 'del', 'elif', 'else', 'except', 'false', 'finally'],
  ...['for', 'from', 'global', 'if', 'import', 'in', 'is', 'lambda', 'match'],
  ...['none', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'true'],
  ...['try', 'type', 'while', 'with', 'yield'],
];

/** Modules of Python's library that a service, its tests or what they import would get in place of its own package. */
const pythonModules = [
  ...['abc', 'argparse', 'array', 'ast', 'asyncio', 'base64', 'bisect'],
  ...['builtins', 'calendar', 'cmath', 'cmd', 'code', 'codecs', 'collections'],
  ...['concurrent', 'configparser', 'contextlib', 'copy', 'csv', 'ctypes'],
  ...['dataclasses', 'datetime', 'decimal', 'difflib', 'dis', 'doctest'],
  ...['email', 'encodings', 'enum', 'errno', 'fcntl', 'filecmp', 'fileinput'],
  ...['fnmatch', 'fractions', 'ftplib', 'functools', 'gc', 'getopt', 'getpass'],
  ...['gettext', 'glob', 'graphlib', 'grp', 'gzip', 'hashlib', 'heapq', 'hmac'],
  ...['html', 'http', 'imaplib', 'importlib', 'inspect', 'io', 'ipaddress'],
  ...['itertools', 'json', 'keyword', 'linecache', 'locale', 'logging', 'lzma'],
  ...['mailbox', 'marshal', 'math', 'mimetypes', 'mmap', 'multiprocessing'],
  ...['netrc', 'numbers', 'operator', 'os', 'pathlib', 'pdb', 'pickle', 'pip'],
  ...['pkgutil', 'platform', 'plistlib', 'poplib', 'posix', 'pprint'],
  ...['profile', 'pstats', 'pty', 'pwd', 'queue', 'quopri', 'random', 're'],
  ...['readline', 'reprlib', 'resource', 'runpy', 'sched', 'secrets', 'select'],
  ...['selectors', 'shelve', 'shlex', 'shutil', 'signal', 'site', 'smtplib'],
  ...['socket', 'socketserver', 'sqlite3', 'ssl', 'stat', 'statistics'],
  ...['string', 'stringprep', 'struct', 'subprocess', 'symtable', 'sys'],
  ...['sysconfig', 'syslog', 'tarfile', 'tempfile', 'termios', 'textwrap'],
  ...['this', 'threading', 'time', 'timeit', 'tkinter', 'token', 'tokenize'],
  ...['tomllib', 'trace', 'traceback', 'tracemalloc', 'tty', 'turtle', 'types'],
  ...['typing', 'unicodedata', 'unittest', 'urllib', 'uuid', 'venv'],
  ...['warnings', 'wave', 'weakref', 'webbrowser', 'xml', 'xmlrpc', 'zipapp'],
  ...['zipfile', 'zipimport', 'zlib', 'zoneinfo'],
];

/** Packages that the service itself is made of. */
const ownPackages = [
  ...['annotated-types', 'anyio', 'click', 'coverage', 'duckdb', 'fastapi'],
  ...['h11', 'httpx', 'httpcore', 'hypothesis', 'idna', 'multitasking'],
  ...['peewee', 'playwright', 'pluggy', 'pydantic', 'pydantic-core', 'pytest'],
  ...['pytest-cov', 'setuptools', 'sniffio', 'starlette', 'typing-extensions'],
  ...['uvicorn', 'wheel', 'pkg-resources'],
];

/** Folders of the repository that stand beside the package, or on the path that Python looks at. */
const ownFolders = [
  ...['build', 'caches', 'conftest', 'core', 'deploy', 'dist', 'docs'],
  ...['e2e', 'frontend', 'images', 'infra', 'integration', 'migrations'],
  ...['property', 'scripts', 'sql', 'src', 'static', 'test', 'tests', 'unit'],
];

/** Names that a cluster has for itself, or that mean something else to Kubernetes and its tools. */
const clusterNames = ['default', 'kubernetes', 'localhost', 'kube', 'argocd'];

/** Names that Windows keeps, with which a checkout fails there (Microsoft, "Naming Files, Paths, and Namespaces"). */
const deviceNames = /^(?:aux|con|nul|prn|com\d|lpt\d)$/;

const reserved: readonly (readonly [ReadonlySet<string>, string])[] = [
  [new Set(pythonKeywords), 'a word of the Python language'],
  [new Set(pythonModules), "a module of Python's library"],
  [new Set(ownPackages), 'a package that the service is made of'],
  [new Set(ownFolders), 'a folder of every service'],
  [new Set(clusterNames), 'a name that clusters keep for themselves'],
];

/**
 * Why a new service cannot have a name: it becomes a repository, a Python package, a namespace and a label, so that it
 * obeys the rules of all of them.
 *
 * @returns the rest of a sentence that begins with the name; undefined where it can.
 * @public
 */
export function problemOfServiceName(name: string): string | undefined {
  if (name === '') return 'must not be empty';
  if (name.length > maxServiceName) {
    return `has ${name.length} characters, more than ${maxServiceName}`;
  }
  if (!namePattern.test(name)) {
    return 'must be lower-case letters, digits and single hyphens, and begin with a letter';
  }
  if (/^kube-/.test(name)) return 'begins with kube-, which clusters keep';
  if (deviceNames.test(name)) return 'is a device of Windows';
  const found = reserved.find(([names]) => names.has(name));
  return found && `is ${found[1]}`;
}
