// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Command profiled is the provider, and writes profiles of itself into the directory VONAGE_BENCH_PROFILES: one of the
// CPU's time and one of all allocations for each process. "go tool pprof" adds up those that it is given.
package main

import (
	"errors"
	"log"
	"os"
	"runtime/pprof"

	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

func main() {
	if err := serve(os.Getenv("VONAGE_BENCH_PROFILES")); err != nil {
		log.Fatal(err)
	}
}

func serve(directory string) (err error) {
	cpu, err := os.CreateTemp(directory, "cpu-*.pprof")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, cpu.Close()) }()
	if err := pprof.StartCPUProfile(cpu); err != nil {
		return err
	}
	err = provider.Serve(provider.New("bench")(), false)
	pprof.StopCPUProfile()
	return errors.Join(err, allocations(directory))
}

func allocations(directory string) error {
	file, err := os.CreateTemp(directory, "allocs-*.pprof")
	if err != nil {
		return err
	}
	return errors.Join(pprof.Lookup("allocs").WriteTo(file, 0), file.Close())
}
