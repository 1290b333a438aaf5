# What a flake makes, for a test: with the stub of nixpkgs that is beside this file, as Nix itself calls its `outputs`.
{ flake, systems ? [ "x86_64-linux" "aarch64-linux" "aarch64-darwin" "x86_64-darwin" ] }:
let
  lib = import ./stub/lib.nix;
  packagesOf = system: import ./stub { inherit system; };
  known = {
    nixpkgs = { outPath = toString ./stub; inherit lib; legacyPackages = lib.genAttrs systems packagesOf; };
    flake-utils.lib = rec {
      # { name.<system> = …; } of { name = …; }, for each system.
      eachSystem = names: make: builtins.foldl' (all: system: all // builtins.mapAttrs (name: value: (all.${name} or { }) // { ${system} = value; }) (make system)) { } names;
      eachDefaultSystem = eachSystem systems;
    };
  };
  definition = import flake;
  self = {
    outPath = toString (builtins.dirOf flake);
    rev = "0123456789abcdef0123456789abcdef01234567";
    shortRev = "0123456";
  } // outputs;
  outputs = definition.outputs ((lib.genAttrs (builtins.attrNames (definition.inputs or { })) (name: known.${name})) // { inherit self; });

  summary = package: {
    path = toString package;
    name = package.name or null;
    config = package.config or null;
    tag = package.tag or null;
    contents = map toString (package.contents or [ ]);
    extraCommands = package.extraCommands or "";
  };
  pythonNames = [ "multitasking" "peewee" ];
  each = builtins.mapAttrs (system: builtins.mapAttrs (name: summary));
in
{
  inputs = builtins.mapAttrs (name: input: input.url or null) (definition.inputs or { });
  packages = each (outputs.packages or { });
  devShells = builtins.mapAttrs (system: builtins.mapAttrs (name: shell: {
    packages = map toString ((shell.packages or [ ]) ++ (shell.buildInputs or [ ]));
  })) (outputs.devShells or { });
  checks = each (outputs.checks or { });
  # What the packages of Python that an overlay changes are built with.
  builtWith = builtins.mapAttrs
    (name: overlay: lib.genAttrs pythonNames (python: map toString (
      (import ./stub { overlays = [ overlay ]; }).python3.pkgs.${python}.build-system or [ ]
    )))
    (outputs.overlays or { });
}
