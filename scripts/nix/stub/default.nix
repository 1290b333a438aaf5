# A nixpkgs without packages: each name of names.json, all of which nixpkgs has, is a value that can be printed, overridden
# and called; images, shells and derivations are what they were asked for. Any other name is an error, as there.
{ system ? "x86_64-linux", overlays ? [ ], config ? { }, ... }:
let
  lib = import ./lib.nix;
  isLinux = builtins.match ".*-linux" system != null;

  path = name: { type = "derivation"; inherit name; outPath = "/nix/store/stub-${name}"; };
  # As Nix reads what a derivation is made of: whatever has a path is that path.
  look = value:
    if builtins.isAttrs value then (if value ? outPath then "${value}" else builtins.mapAttrs (name: look) value)
    else if builtins.isList value then map look value
    else value;
  looked = value: builtins.deepSeq (look value);
  package = name: path name // {
    pname = name;
    version = "0";
    out = path name;
    dev = path "${name}-dev";
    lib = path "${name}-lib";
    bin = path "${name}-bin";
    __functor = self: argument: package "${name}-called";
    override = changes: package name;
    overrideAttrs = changes: package name;
    # With what was changed, for whoever asks.
    overridePythonAttrs = change: let changed = change { }; in looked changed (package name // changed);
  };
  nameOf = attributes: attributes.pname or attributes.name or "unnamed";
  # All that a derivation is made of is looked at.
  derive = attributes: looked attributes (package (nameOf attributes)
    // lib.genAttrs (attributes.outputs or [ "out" ]) (output: path "${nameOf attributes}-${output}"));

  # The last overlay sees what the ones before it made.
  extend = base: overlay: base // overlay (base // overlay base base) base;

  pythonPackages = lib.genAttrs (builtins.fromJSON (builtins.readFile ./python-names.json)) package // {
    buildPythonPackage = derive;
    buildPythonApplication = derive;
  };
  python = name: packages: package name // {
    pkgs = packages;
    interpreter = "/nix/store/stub-${name}/bin/python3";
    sitePackages = "lib/python3.12/site-packages";
    withPackages = choose: looked (choose packages) (package "${name}-env");
    override = { packageOverrides ? (final: previous: { }), ... }: python name (extend packages packageOverrides);
    buildEnv = { override = { extraLibs ? [ ], ... }: looked extraLibs (package "${name}-env"); };
  };
  pythonsOf = packages:
    lib.genAttrs [ "python3" "python311" "python312" "python313" ] (name: python name packages)
    // lib.genAttrs [ "python3Packages" "python311Packages" "python312Packages" "python313Packages" ] (name: packages);
  # What an overlay adds to the packages of each Python.
  withExtensions = pkgs:
    if pkgs ? pythonPackagesExtensions
    then pkgs // pythonsOf (builtins.foldl' extend pythonPackages pkgs.pythonPackagesExtensions)
    else pkgs;

  yarn = package "yarn-berry" // {
    fetchYarnBerryDeps = { yarnLock, missingHashes, hash }: builtins.seq (builtins.readFile yarnLock)
      (builtins.seq (lib.importJSON missingHashes) (package "yarn-deps"));
    yarnBerryConfigHook = package "yarn-berry-config-hook";
  };
  image = attributes: looked attributes (attributes // path "image-${attributes.name}");

  base = lib.genAttrs (builtins.fromJSON (builtins.readFile ./names.json)) package // pythonsOf pythonPackages // {
    inherit config lib system;
    stdenv = { mkDerivation = derive; isLinux = isLinux; isDarwin = !isLinux; hostPlatform = { inherit system isLinux; isDarwin = !isLinux; isAarch64 = builtins.match "aarch64-.*" system != null; }; };
    yarn-berry = yarn;
    yarn-berry_4 = yarn;
    dockerTools = {
      buildLayeredImage = image;
      streamLayeredImage = image;
      buildImage = image;
      binSh = package "bin-sh";
      usrBinEnv = package "usr-bin-env";
      caCertificates = package "ca-certificates";
      fakeNss = package "fake-nss";
    };
    mkShell = attributes: looked attributes (attributes // path "shell");
    mkShellNoCC = attributes: looked attributes (attributes // path "shell");
    buildEnv = derive;
    buildNpmPackage = derive;
    linkFarm = name: entries: looked entries (package name);
    runCommand = name: environment: script: looked [ environment script ] (package name);
    symlinkJoin = derive;
    writeShellApplication = derive;
    writeShellScriptBin = name: text: builtins.seq text (package name);
    writeText = name: text: builtins.seq text (package name);
    writeTextDir = name: text: builtins.seq text (package (baseNameOf name));
    fetchurl = attributes: package "source";
    fetchFromGitHub = attributes: package "source";
    importNpmLock = (package "npm-lock") // { npmConfigHook = package "npm-config-hook"; };
  };
in
withExtensions (builtins.foldl' extend base overlays)
