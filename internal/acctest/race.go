// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

//go:build race

package acctest

// Race tells whether the race detector is on, which makes tests several times as slow: what is long there only to be long
// may then be shorter.
const Race = true
