// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/go-version"
)

// Feature is something that only newer CLIs support: the first version of each CLI that does.
type Feature struct {
	terraform, tofu string // "" means no version
}

// The features that the examples use.
var (
	// UnknownEphemeralValues is support for ephemeral resources whose result is not known yet. OpenTofu reports
	// them as a defect of the provider.
	UnknownEphemeralValues = Feature{terraform: "1.10"}

	Identity = Feature{terraform: "1.12", tofu: "1.12"}
	Query    = Feature{terraform: "1.14"}
	Actions  = Feature{terraform: "1.14"}
)

// Has reports whether the CLI supports a feature.
func (c CLI) Has(t *testing.T, feature Feature) bool {
	t.Helper()

	since := feature.terraform
	if strings.Contains(filepath.Base(c.path), "tofu") {
		since = feature.tofu
	}

	return since != "" && c.version(t).Core().GreaterThanOrEqual(version.Must(version.NewVersion(since)))
}

// versions are the versions of the CLIs that were asked for them, by path: that takes as long as a small plan.
var versions sync.Map

func (c CLI) version(t *testing.T) *version.Version {
	t.Helper()

	if known, ok := versions.Load(c.path); ok {
		if known, ok := known.(*version.Version); ok {
			return known
		}
	}

	printed, err := c.Run(t.Context(), t.TempDir(), "version", "-json")
	if err != nil {
		t.Fatal(err)
	}

	var says struct {
		Version string `json:"terraform_version"` // OpenTofu has it too
	}
	if err := json.Unmarshal([]byte(printed), &says); err != nil {
		t.Fatalf("%q: %v", printed, err)
	}

	found := version.Must(version.NewVersion(says.Version))
	versions.Store(c.path, found)

	return found
}
