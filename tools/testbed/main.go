// Testbed is the real systems the tests talk to, linked from Go modules into one binary so that nobody needs a container
// runtime: the CNCF distribution registry and, but for builds with the tag registry, a control plane of Kubernetes.
package main

import (
	"fmt"
	"os"

	"github.com/distribution/distribution/v3/registry"
	_ "github.com/distribution/distribution/v3/registry/auth/htpasswd"
	_ "github.com/distribution/distribution/v3/registry/auth/token"
	_ "github.com/distribution/distribution/v3/registry/storage/driver/filesystem"
	_ "github.com/distribution/distribution/v3/registry/storage/driver/inmemory"
)

// Each program by the first argument that calls for it; it returns its exit code.
var programs = map[string]func() int{"registry": runRegistry}

func main() {
	if len(os.Args) < 2 || programs[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "testbed: the first argument names the program, such as registry")
		os.Exit(2)
	}
	name := os.Args[1]
	os.Args = os.Args[1:]
	os.Exit(programs[name]())
}

func runRegistry() int {
	if err := registry.RootCmd.Execute(); err != nil {
		return 1
	}
	return 0
}
