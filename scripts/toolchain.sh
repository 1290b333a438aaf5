# Sourced by scripts/start, scripts/test and .ci/run: puts Node 22/24 and Yarn 4 on PATH, fetched into
# .toolchain/ from the npm registry where the machine lacks them, installs the dependencies, and finds kustomize.
set -eu
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
TOOLCHAIN="$ROOT/.toolchain"

step() { printf '• %s\n' "$*" >&2; }
stop_with() {
  printf '✗ %s\n' "$*" >&2
  exit 1
}

command -v git >/dev/null || stop_with "git is missing: install git >= 2.39 and run this again"
command -v node >/dev/null || stop_with "node is missing: install Node.js >= 20 with npm and run this again"
command -v npm >/dev/null || stop_with "npm is missing: install Node.js >= 20 with npm and run this again"

major_of_node() { node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0; }
has_node() { case "$(major_of_node)" in 22 | 24) return 0 ;; *) return 1 ;; esac; }
# Corepack's shim would ask, unseen, whether it may download.
has_yarn() { command -v yarn >/dev/null && case "$(cd / && COREPACK_ENABLE_DOWNLOAD_PROMPT=0 yarn --version 2>/dev/null </dev/null)" in 4.*) return 0 ;; *) return 1 ;; esac; }

fetch_package() { # fetch_package <package> <version>
  mkdir -p "$TOOLCHAIN/npm"
  [ -f "$TOOLCHAIN/npm/package.json" ] || echo '{"private":true}' >"$TOOLCHAIN/npm/package.json"
  (cd "$TOOLCHAIN/npm" && npm install --silent --no-audit --no-fund --no-update-notifier "$1@$2" >/dev/null) ||
    stop_with "$1 $2 could not be installed from the npm registry: check the network and 'npm config get registry'"
}

# npm of another Node would look for the machine's settings, such as its certificates, beside that Node.
export npm_config_globalconfig="${npm_config_globalconfig:-$(cd / && npm config get globalconfig)}"
export PATH="$TOOLCHAIN/npm/node_modules/.bin:$PATH"
if ! has_node; then
  step "Node 24 (found: $(node --version)) goes to .toolchain/"
  fetch_package node 24.21.0
  has_node || stop_with "Node 24 from npm does not run on this machine: install Node.js 24 and run this again"
fi
if ! has_yarn; then
  step "Yarn 4 goes to .toolchain/"
  fetch_package @yarnpkg/cli-dist 4.18.1
fi

# Native modules compile against the headers that come with the npm package, where it is the one in use.
for headers in "$TOOLCHAIN"/npm/node_modules/node/node_modules/node-*; do
  [ -d "$headers/include" ] && export npm_config_nodedir="$headers"
done
# Yarn 4 reads no .npmrc: hand it the registry that npm is set up with.
if [ -z "${YARN_NPM_REGISTRY_SERVER:-}" ]; then
  YARN_NPM_REGISTRY_SERVER="$(cd / && npm config get registry 2>/dev/null)"
  export YARN_NPM_REGISTRY_SERVER="${YARN_NPM_REGISTRY_SERVER%/}"
fi
# And the certificates: a package that its cache has not comes over the same connection as npm's.
if [ -z "${YARN_HTTPS_CA_FILE_PATH:-}" ]; then
  authorities="$(cd / && npm config get cafile 2>/dev/null)"
  [ -f "$authorities" ] && export YARN_HTTPS_CA_FILE_PATH="$authorities"
fi
export YARN_ENABLE_TELEMETRY=0

install_dependencies() {
  local stamp="$ROOT/node_modules/.dojo-install" wanted
  wanted="$(cat "$ROOT/yarn.lock" "$ROOT/package.json" "$ROOT"/packages/*/package.json "$ROOT"/plugins/*/package.json | git hash-object --stdin)"
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return
  step "Dependencies: yarn install --immutable (about 2 minutes the first time)"
  mkdir -p "$TOOLCHAIN"
  (cd "$ROOT" && yarn install --immutable >"$TOOLCHAIN/install.log" 2>&1) || {
    tail -n 20 "$TOOLCHAIN/install.log" >&2
    stop_with "yarn install --immutable failed; the whole log: .toolchain/install.log"
  }
  echo "$wanted" >"$stamp"
}
install_dependencies

# What renders overlays: the machine's own, else one that is built. The rest works without.
if ! command -v kustomize >/dev/null && ! command -v kubectl >/dev/null; then
  if kustomize_folder="$(node "$ROOT/scripts/kustomize.mjs")"; then
    export PATH="$kustomize_folder:$PATH"
  fi
fi
