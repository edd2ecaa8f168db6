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

// leavings are everything that a run leaves behind for others to read: what it prints, logs, sends and writes to files.
type leavings struct {
	t      *testing.T
	pieces []piece
	// used are the rules that took something out.
	used map[string]bool
}

// piece is one of them. Where it is a JSON document, the secrets that may be there are taken out of it.
type piece struct {
	name    string
	content []byte
	// stored says that it holds documents in which a secret that may be stored cannot be told from others by its place.
	stored bool
}

func (l *leavings) add(name string, content []byte) {
	l.pieces = append(l.pieces, piece{name: name, content: content})
}

// addFiles adds what is in a directory, and in the archives there.
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

// addDocument adds what may be JSON, in whose documented places secrets may be. The change that a plan file describes is no
// JSON and has no places.
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

// strip takes out what may be there.
func (l *leavings) strip(value any, place string) any {
	for pattern := range documented() {
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

// labelOf is what a list's element is called: resources by their address, all others "-".
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

// addRequests adds what was sent, but for the one header that is there for credentials.
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

// mustHide demands that none of the secrets is anywhere. The stored ones may be where places cannot be told.
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
	for pattern, reason := range documented() {
		if !l.used[pattern] {
			l.t.Errorf("no secret was at %s, where one may be (%s)", pattern, reason)
		}
	}
}

// has tells whether there is a piece of this name that says so.
func (l *leavings) has(name, text string) bool {
	return slices.ContainsFunc(l.pieces, func(p piece) bool { return p.name == name && bytes.Contains(p.content, []byte(text)) })
}
