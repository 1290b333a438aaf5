{
  description = "Dojo Portal: a shell for its developers, its two images, and the checks that need no network";

  # The first release whose Yarn reads this yarn.lock (4.18). `nix flake lock` pins it: flake.lock is to be committed.
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.11";

  outputs = { self, nixpkgs }:
    let
      inherit (nixpkgs) lib;
      linux = [ "x86_64-linux" "aarch64-linux" ];
      # What macOS is built for, too, is the shell alone.
      systems = linux ++ [ "aarch64-darwin" ];
      forEach = names: make: lib.genAttrs names (system: make nixpkgs.legacyPackages.${system});

      manifest = builtins.fromJSON (builtins.readFile ./package.json);
      # Images of changes that are in no commit tell so.
      revision = self.rev or self.dirtyRev or "uncommitted";

      # Of all packages that yarn.lock names. Both are made anew with each change of it: docs/how-to/nix.md.
      yarnHash = lib.fakeHash;
      missingHashes = ./scripts/nix/missing-hashes.json;

      # The repository with its dependencies installed, in which something is then done. Nothing that comes with a
      # package is run: what has a native part brings it built.
      inRepository = pkgs: attributes: pkgs.stdenv.mkDerivation ({
        inherit (manifest) version;
        inherit missingHashes;
        offlineCache = pkgs.yarn-berry_4.fetchYarnBerryDeps {
          yarnLock = ./yarn.lock;
          inherit missingHashes;
          hash = yarnHash;
        };
        nativeBuildInputs = [
          pkgs.nodejs_24
          pkgs.yarn-berry_4
          pkgs.yarn-berry_4.yarnBerryConfigHook
          pkgs.git
          pkgs.kustomize
        ];
        env = { CI = "true"; YARN_ENABLE_SCRIPTS = "0"; };
        # What is in node_modules is to stay as it was published.
        dontFixup = true;
      } // attributes);

      # What the two images hold below /app, built together: one output each.
      trees = pkgs: inRepository pkgs {
        pname = "dojo-portal";
        src = lib.fileset.toSource {
          root = ./.;
          fileset = lib.fileset.unions [
            ./.yarnrc.yml
            ./app-config.production.yaml
            ./app-config.yaml
            ./backstage.json
            # packages/app/public/handbook leads there.
            ./docs
            ./package.json
            ./packages
            ./plugins
            ./scripts/nix
            ./scripts/source-hash.mjs
            ./templates
            ./tsconfig.json
            ./yarn.lock
          ];
        };
        outputs = [ "out" "migrator" ];
        buildPhase = ''
          runHook preBuild
          yarn workspace backend build
          runHook postBuild
        '';
        installPhase = ''
          runHook preInstall
          node scripts/nix/image-tree.mjs portal $out/app
          node scripts/nix/image-tree.mjs migrator $migrator/app
          runHook postInstall
        '';
      };

      # The suites of ./scripts/test that need neither the network nor a repository of git, as they are run there.
      check = pkgs: suites: inRepository pkgs {
        pname = "dojo-portal-${builtins.concatStringsSep "-" suites}";
        src = self;
        buildPhase = ''
          runHook preBuild
          ${builtins.concatStringsSep "\n" (map (suite: "node scripts/test.mjs --only ${suite}") suites)}
          runHook postBuild
        '';
        installPhase = "touch $out";
      };

      # A name and a home for the user that an image runs as: some programs ask for both.
      user = pkgs: pkgs.dockerTools.fakeNss.override {
        extraPasswdLines = [ "dojo:x:1000:1000:Dojo Portal:/tmp:/bin/sh" ];
        extraGroupLines = [ "dojo:x:1000:" ];
      };

      image = pkgs: { name, title, tree, config }: pkgs.dockerTools.buildLayeredImage {
        inherit name;
        tag = revision;
        contents = [
          pkgs.nodejs_24
          pkgs.git
          pkgs.kustomize
          # git starts its helpers by a shell, and a command by the name of its interpreter.
          pkgs.coreutils
          pkgs.dockerTools.binSh
          pkgs.dockerTools.usrBinEnv
          pkgs.dockerTools.caCertificates
          (user pkgs)
        ];
        # What templates copy comes out with the modes that it has: those of the store would let nobody write it again.
        extraCommands = ''
          mkdir app
          ln -s ${tree}/app/* app/
          if [ -L app/templates ]; then
            rm app/templates
            cp -r ${tree}/app/templates app/templates
            chmod -R u+w app/templates
          fi
          mkdir -m 1777 tmp
        '';
        config = config // {
          User = "1000:1000";
          Env = [
            "PATH=/bin"
            "HOME=/tmp"
            "NODE_ENV=production"
            "SSL_CERT_FILE=/etc/ssl/certs/ca-bundle.crt"
            "GIT_SSL_CAINFO=/etc/ssl/certs/ca-bundle.crt"
          ];
          Labels = {
            "org.opencontainers.image.title" = title;
            "org.opencontainers.image.version" = manifest.version;
            "org.opencontainers.image.revision" = revision;
            "org.opencontainers.image.licenses" = manifest.license;
          };
        };
      };
    in
    {
      devShells = forEach systems (pkgs: {
        default = pkgs.mkShell ({
          packages = [
            pkgs.nodejs_24
            pkgs.yarn-berry_4
            pkgs.git
            pkgs.go
            pkgs.kubectl
            pkgs.kustomize
            pkgs.postgresql
            pkgs.python3
          ] ++ lib.optionals pkgs.stdenv.hostPlatform.isLinux [
            pkgs.chromium
            pkgs.etcd
            pkgs.kubernetes
          ];
        } // (if pkgs.stdenv.hostPlatform.isLinux then {
          CHROMIUM_PATH = "${pkgs.chromium}/bin/chromium";
        } else { }));
      });

      packages = forEach linux (pkgs: {
        # As deploy/portal runs it, which adds a file of settings of its own.
        portal = image pkgs {
          name = "dojo-portal";
          title = "Dojo Portal";
          tree = (trees pkgs).out;
          config = {
            WorkingDir = "/app";
            Cmd = [ "node" "packages/backend" "--config" "app-config.yaml" "--config" "app-config.production.yaml" ];
            ExposedPorts = { "7007/tcp" = { }; };
          };
        };
        # The `dojo` command, for Jobs: `migrate --database /data/ledger.duckdb --migrations /migrations`.
        migrator = image pkgs {
          name = "dojo-migrator";
          title = "The dojo command";
          tree = (trees pkgs).migrator;
          config = {
            WorkingDir = "/tmp";
            Entrypoint = [ "node" "/app/packages/cli/bin/dojo" ];
            Cmd = [ "--help" ];
          };
        };
      });

      checks = forEach linux (pkgs: {
        static = check pkgs [ "prettier" "lint" "tsc" ];
        unit = check pkgs [ "unit" ];
      });
    };
}
