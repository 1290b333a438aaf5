//go:build !registry

package main

import (
	"os"

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

func init() {
	programs["etcd"] = func() int {
		etcdmain.Main(os.Args)
		return 0
	}
	programs["kube-apiserver"] = run(apiserver.NewAPIServerCommand)
	programs["kube-controller-manager"] = run(controllers.NewControllerManagerCommand)
	programs["kube-scheduler"] = run(func() *cobra.Command { return scheduler.NewSchedulerCommand() })
}

func run(make func() *cobra.Command) func() int {
	return func() int { return cli.Run(make()) }
}
