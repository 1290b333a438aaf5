{
  description = "Double-entry accounts and transactions on one embedded database";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11";

  outputs =
    { self, nixpkgs }:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      version = (builtins.fromTOML (builtins.readFile ./pyproject.toml)).project.version;

      # Packages that are built with setuptools and forget to say so: they reach a Python service sooner or later, as
      # what market data and small databases are read with.
      dependencyOverlay = final: prev: {
        pythonPackagesExtensions = (prev.pythonPackagesExtensions or [ ]) ++ [
          (
            pythonFinal: pythonPrev:
            nixpkgs.lib.genAttrs [ "multitasking" "peewee" ] (
              name:
              pythonPrev.${name}.overridePythonAttrs (old: {
                build-system = (old.build-system or [ ]) ++ [ pythonFinal.setuptools ];
              })
            )
          )
        ];
      };

      pkgsFor =
        system:
        import nixpkgs {
          inherit system;
          overlays = [ dependencyOverlay ];
        };
      pythonOf = pkgs: pkgs.python313;

      # A package that the frontend is built with: package-lock.json has its hash, and npm knows where it is.
      npmPackage =
        pkgs: path: module:
        let
          name = module.name or (nixpkgs.lib.last (nixpkgs.lib.splitString "node_modules/" path));
        in
        pkgs.runCommand "${baseNameOf name}-${module.version}.tgz"
          {
            nativeBuildInputs = [ pkgs.nodejs_24 ];
            NODE_EXTRA_CA_CERTS = "${pkgs.cacert}/etc/ssl/certs/ca-bundle.crt";
            impureEnvVars = nixpkgs.lib.fetchers.proxyImpureEnvVars;
            outputHash = module.integrity;
          }
          ''
            export HOME=$TMPDIR
            npm pack --silent ${nixpkgs.lib.escapeShellArg "${name}@${module.version}"}
            mv *.tgz $out
          '';

      # package-lock.json with the packages as files. What another system needs is left out, as npm leaves it out.
      npmLock =
        pkgs:
        let
          lock = nixpkgs.lib.importJSON ./frontend/package-lock.json;
          platform = pkgs.stdenv.hostPlatform;
          fits = one: of: builtins.elem one (if of == [ ] then [ one ] else of);
          isNeeded =
            module:
            module ? integrity
            && fits (if platform.isLinux then "linux" else "darwin") (module.os or [ ])
            && fits (if platform.isAarch64 then "arm64" else "x64") (module.cpu or [ ])
            && fits "glibc" (module.libc or [ ]);
          withFile =
            path: module:
            if isNeeded module then module // { resolved = "file:${npmPackage pkgs path module}"; } else module;
        in
        pkgs.writeText "package-lock.json" (
          builtins.toJSON (lock // { packages = builtins.mapAttrs withFile lock.packages; })
        );

      frontendOf =
        pkgs:
        pkgs.stdenv.mkDerivation {
          pname = "ledger-frontend";
          inherit version;
          src = ./frontend;
          nativeBuildInputs = [ pkgs.nodejs_24 ];
          buildPhase = ''
            export HOME=$TMPDIR
            cp ${npmLock pkgs} package-lock.json
            npm ci --offline --ignore-scripts --no-audit --no-fund
            patchShebangs node_modules
            npm run build
          '';
          installPhase = "cp -r dist $out";
        };

      serviceOf =
        pkgs: python:
        python.buildPythonPackage {
          pname = "ledger";
          inherit version;
          pyproject = true;
          src = nixpkgs.lib.cleanSource ./.;
          preBuild = "cp -r ${frontendOf pkgs} src/ledger/static";
          build-system = [ python.setuptools ];
          dependencies = [
            python.duckdb
            python.fastapi
            python.uvicorn
          ];
          pythonImportsCheck = [ "ledger.core.app" ];
        };
    in
    {
      overlays.default = dependencyOverlay;

      devShells = nixpkgs.lib.genAttrs systems (
        system:
        let
          pkgs = pkgsFor system;
        in
        {
          default = pkgs.mkShell {
            packages = [
              ((pythonOf pkgs).withPackages (python: [
                python.duckdb
                python.fastapi
                python.httpx
                python.hypothesis
                python.playwright
                python.pytest
                python.pytest-cov
                python.uvicorn
              ]))
              pkgs.git
              # For the dojo command and the frontend.
              pkgs.nodejs_24
              pkgs.kubectl
              pkgs.ruff
            ];
            CHROMIUM_PATH = if pkgs.stdenv.hostPlatform.isLinux then "${pkgs.chromium}/bin/chromium" else "";
          };
        }
      );

      packages = nixpkgs.lib.genAttrs systems (
        system:
        let
          pkgs = pkgsFor system;
          linux = pkgsFor (builtins.replaceStrings [ "darwin" ] [ "linux" ] system);
          withService = pkgs: (pythonOf pkgs).withPackages (python: [ (serviceOf pkgs python) ]);
        in
        {
          default = withService pkgs;

          # `nix build .#docker && docker load < result`. Nothing but Python and the service: no shell, no package
          # manager. A Mac needs a builder for Linux.
          docker = linux.dockerTools.buildLayeredImage {
            name = "ledger";
            tag = version;
            contents = [ (withService linux) ];
            # The service runs as a user that owns its data, on a root that may be read-only.
            fakeRootCommands = ''
              mkdir -p data tmp
              chown 1000:1000 data
              chmod 1777 tmp
            '';
            config = {
              Cmd = [
                "python"
                "-m"
                "uvicorn"
                "ledger.core.app:create_app"
                "--factory"
                "--host"
                "0.0.0.0"
                "--port"
                "8000"
              ];
              Env = [
                "PATH=/bin"
                "PYTHONDONTWRITEBYTECODE=1"
                "PYTHONUNBUFFERED=1"
                "LEDGER_DB_PATH=/data/ledger.duckdb"
                "LEDGER_ENV=production"
              ];
              ExposedPorts."8000/tcp" = { };
              User = "1000";
              Labels = {
                # dojo release promotes an image of the released commit only: this says which one it is of.
                "org.opencontainers.image.revision" = self.rev or self.dirtyRev or "unknown";
                "org.opencontainers.image.title" = "ledger";
                "org.opencontainers.image.version" = version;
              };
            };
          };
        }
      );
    };
}
