// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// README.md must mention every variant, and every property of a fault and of a call.
func TestReferenceIsComplete(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, documented := range []any{emulator.Variant{}, emulator.Fault{}, emulator.InboundCall{}} {
		kind := reflect.TypeOf(documented)
		for field := range kind.Fields() {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if !strings.Contains(string(readme), "`"+name+"`") && !strings.Contains(string(readme), `"`+name+`"`) {
				t.Errorf("README.md does not mention %s, %s of %s", name, field.Name, kind)
			}
		}
	}
}

var update = flag.Bool("update", false, "write the operations into README.md, and the defaults of applications into testdata")

// README.md lists the operations that are served, as `go test ./internal/emulator -run TestReferenceListsTheOperations
// -update` writes them.
func TestReferenceListsTheOperations(t *testing.T) {
	t.Parallel()
	const from, to = "<!-- operations, written by a test -->\n", "<!-- end of the operations -->\n"
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(readme), from)
	written, after, ends := strings.Cut(rest, to)
	if !begins || !ends {
		t.Fatal("README.md has no place for the operations")
	}
	served := operationTable()
	if written == served {
		return
	}
	if !*update {
		t.Fatalf("README.md lists other operations than are served; -update writes these:\n%s", served)
	}
	if err := os.WriteFile("README.md", []byte(before+from+served+to+after), 0o600); err != nil {
		t.Fatal(err)
	}
}

// operationTable has a row for each path, with the API and the methods that it accepts, and one for each kind of documents.
func operationTable() string {
	table := strings.Builder{}
	table.WriteString("| API | Path | Methods |\n|---|---|---|\n")
	operations := emulator.New(emulator.Options{}).Operations()
	for i, operation := range operations {
		if i > 0 && operation.Path == operations[i-1].Path {
			table.WriteString(" `" + operation.Method + "`")
			continue
		}
		if i > 0 {
			table.WriteString(" |\n")
		}
		table.WriteString("| " + operation.API + " | `" + operation.Path + "` | `" + operation.Method + "`")
	}
	table.WriteString(" |\n\n| Documents, as a seed names them | Path in the control API |\n|---|---|\n")
	for _, kind := range emulator.New(emulator.Options{}).Kinds() {
		table.WriteString("| `" + kind.Name + "` | `/emulator/" + strings.ReplaceAll(kind.Path, "...", "") + "` |\n")
	}
	return table.String()
}
