// Kustomize for machines that have neither kustomize nor kubectl: built once by scripts/kustomize.mjs.
package main

import (
	"os"

	"sigs.k8s.io/kustomize/kustomize/v5/commands"
)

func main() {
	if err := commands.NewDefaultCommand().Execute(); err != nil {
		os.Exit(1)
	}
}
