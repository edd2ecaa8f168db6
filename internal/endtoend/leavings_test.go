// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// leavings are everything that a run leaves behind where others can read it: what it prints, logs, sends and writes to
// files.
type leavings struct {
	t      *testing.T
	pieces []piece
	// documented are the places where a secret is expected, each with the reason, and ends the same places by their last
	// name: every value of every document is looked up in them.
	documented map[string]string
	ends       map[string][]string
	// used are the documented places where a secret was found and removed.
	used map[string]bool
}

func newLeavings(t *testing.T) leavings {
	t.Helper()
	l := leavings{t: t, documented: documented(), ends: map[string][]string{}, used: map[string]bool{}}
	for pattern := range l.documented {
		l.ends[path.Base(pattern)] = append(l.ends[path.Base(pattern)], pattern)
	}
	return l
}

// piece is one of the leavings. If it is a JSON document, the secrets in documented places have been removed.
type piece struct {
	name    string
	content []byte
	// stored is set if the content may contain secrets that are stored by design, but not in places that can be identified.
	stored bool
}

func (l *leavings) add(name string, content []byte) {
	l.pieces = append(l.pieces, piece{name: name, content: content})
}

// addFiles adds the files in a directory, and the files in archives there.
func (l *leavings) addFiles(name, directory string) {
	l.t.Helper()
	err := fs.WalkDir(os.DirFS(directory), ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(filepath.Join(directory, file))
		if err == nil {
			l.addFile(name+file, content)
		}
		return err
	})
	if err != nil {
		l.t.Fatal(err)
	}
}

func (l *leavings) addFile(name string, content []byte) {
	l.t.Helper()
	if !bytes.HasPrefix(content, []byte("PK\x03\x04")) {
		l.addDocument(name, content)
		return
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		l.t.Fatal(err)
	}
	for _, file := range archive.File {
		member, err := archive.Open(file.Name)
		if err != nil {
			l.t.Fatal(err)
		}
		content, err := io.ReadAll(member)
		if err != nil {
			l.t.Fatal(err)
		}
		l.addDocument(name+"!"+file.Name, content)
	}
}

// addDocument adds a file. If it is JSON, secrets in documented places are removed. The planned change in a plan file is
// not JSON and has no such places.
func (l *leavings) addDocument(name string, content []byte) {
	var document any
	if json.Unmarshal(content, &document) == nil {
		stripped, err := json.Marshal(l.strip(document, ""))
		if err != nil {
			l.t.Fatal(err)
		}
		content = stripped
	}
	l.pieces = append(l.pieces, piece{name: name, content: content, stored: strings.HasSuffix(name, "!tfplan")})
}

// strip removes the values in documented places.
func (l *leavings) strip(value any, place string) any {
	for _, pattern := range l.ends[path.Base(place)] {
		if matched, err := path.Match(pattern, place); err == nil && matched {
			if value != nil {
				l.used[pattern] = true
			}
			return nil
		}
	}
	switch value := value.(type) {
	case map[string]any:
		for name, member := range value {
			value[name] = l.strip(member, strings.TrimPrefix(place+"/"+name, "/"))
		}
	case []any:
		for i, member := range value {
			value[i] = l.strip(member, place+"/"+labelOf(member))
		}
	}
	return value
}

// labelOf returns the label of a list's element in a place: for a resource its address, otherwise "-".
func labelOf(element any) string {
	object, _ := element.(map[string]any)
	switch {
	case object["type"] == nil || object["name"] == nil:
		return "-"
	case object["mode"] == "data":
		return fmt.Sprint("data.", object["type"], ".", object["name"])
	default:
		return fmt.Sprint(object["type"], ".", object["name"])
	}
}

// addRequests adds the requests that were sent, except for the header Authorization.
func (l *leavings) addRequests(requests []emulator.Request) {
	l.t.Helper()
	for _, request := range requests {
		name := fmt.Sprintf("request %s %s", request.Method, request.Path)
		header := request.Header.Clone()
		header.Del("Authorization")
		l.add(name, fmt.Appendf(nil, "%s?%s %v", request.Path, request.Query, header))
		l.addDocument(name+", body", []byte(request.Body))
	}
}

// mustHide requires that no piece contains a secret. The stored secrets are allowed in pieces marked as stored.
func (l *leavings) mustHide(known secrets, stored []string) {
	l.t.Helper()
	for _, piece := range l.pieces {
		content := piece.content
		if piece.stored {
			for _, text := range stored {
				content = bytes.ReplaceAll(content, []byte(text), nil)
			}
		}
		if found := known.found(content); len(found) > 0 {
			l.t.Errorf("%s: %s", piece.name, strings.Join(found, ", "))
		}
	}
	for pattern, reason := range l.documented {
		if !l.used[pattern] {
			l.t.Errorf("no secret was at %s, where one may be (%s)", pattern, reason)
		}
	}
}

// has reports whether the piece called name contains text.
func (l *leavings) has(name, text string) bool {
	return slices.ContainsFunc(l.pieces, func(p piece) bool { return p.name == name && bytes.Contains(p.content, []byte(text)) })
}
