# What flakes use of nixpkgs' own library, without its packages.
let
  isPresent = path: if builtins.pathExists path then path else throw "there is no ${toString path}";
in
rec {
  inherit (builtins) attrNames attrValues concatStringsSep elem filter head isList isString length listToAttrs mapAttrs;
  optional = condition: value: if condition then [ value ] else [ ];
  optionals = condition: values: if condition then values else [ ];
  optionalAttrs = condition: set: if condition then set else { };
  optionalString = condition: text: if condition then text else "";
  genAttrs = names: make: listToAttrs (map (name: { inherit name; value = make name; }) names);
  nameValuePair = name: value: { inherit name value; };
  cleanSource = source: source;
  getExe = package: "${package}/bin/${package.pname}";
  makeBinPath = packages: concatStringsSep ":" (map (package: "${package}/bin") packages);
  makeLibraryPath = packages: concatStringsSep ":" (map (package: "${package}/lib") packages);
  importJSON = path: builtins.fromJSON (builtins.readFile path);
  fileContents = path: builtins.replaceStrings [ "\n" ] [ "" ] (builtins.readFile path);
  last = list: builtins.elemAt list (length list - 1);
  splitString = separator: text: filter isString (builtins.split separator text);
  escapeShellArg = text: "'${builtins.replaceStrings [ "'" ] [ "'\\''" ] text}'";
  fetchers.proxyImpureEnvVars = [ "http_proxy" "https_proxy" ];
  fakeHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  composeExtensions = first: second: final: previous: let a = first final previous; in a // second final (previous // a);
  composeManyExtensions = builtins.foldl' composeExtensions (final: previous: { });
  licenses = { asl20 = "Apache-2.0"; mit = "MIT"; };
  fileset = {
    unions = map isPresent;
    union = first: second: [ first second ];
    toSource = { root, fileset }: builtins.deepSeq fileset root;
  };
}
