package kusttest_test

import (
	"encoding/json"
	"os"
	"reflect"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// dumpInput writes what a test renders into a file of the folder DUMP_INPUTS. Only file systems in memory are written:
// one on disk would be the whole machine.
func dumpInput(th Harness, folder string, options krusty.Options) {
	if reflect.TypeOf(th.fSys) == reflect.TypeOf(filesys.MakeFsOnDisk()) {
		return
	}
	files := map[string]string{}
	err := th.fSys.Walk("/", func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		text, err := th.fSys.ReadFile(path)
		files[path] = string(text)
		return err
	})
	if err != nil {
		th.t.Fatal(err)
	}
	file, err := os.CreateTemp(os.Getenv("DUMP_INPUTS"), "*.json")
	if err != nil {
		th.t.Fatal(err)
	}
	defer file.Close()
	if err := json.NewEncoder(file).Encode(map[string]any{
		"name":   th.t.Name(),
		"folder": folder,
		"files":  files,
		// What a command without flags does.
		"isPlain": reflect.DeepEqual(options, *krusty.MakeDefaultOptions()),
	}); err != nil {
		th.t.Fatal(err)
	}
}
