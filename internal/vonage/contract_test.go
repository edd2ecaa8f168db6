// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var update = flag.Bool("update", false, "write testdata/application.json anew, to be compared with Vonage's documentation before it is committed")

// TestApplicationBodyHasEveryProperty pins the whole body of a new application, property by property: the names must be
// those of the Application API 2.4.1. The value of a property says which field it comes from.
func TestApplicationBodyHasEveryProperty(t *testing.T) {
	t.Parallel()
	var whole vonage.Application
	fill(t, "Application", 0, reflect.ValueOf(&whole).Elem())
	public := publicPEM(t, testKey())
	whole.Keys.PublicKey = public
	vonageAPI, client := newScript(t, answer{status: http.StatusCreated, body: `{"id":"new","name":"whole","keys":{"public_key":` + quote(public) + `}}`})
	if _, err := client.Applications.Create(t.Context(), whole); err != nil {
		t.Fatal(err)
	}
	sent := strings.Replace(vonageAPI.requests()[0].Body, quote(public), `"Application.Keys.PublicKey"`, 1)
	const file = "testdata/application.json"
	if *update {
		var written bytes.Buffer
		if err := json.Indent(&written, []byte(sent), "", "  "); err != nil {
			t.Fatal(err)
		}
		written.WriteByte('\n')
		if err := os.WriteFile(file, written.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	sameJSON(t, sent, string(want))
}

// fill sets every field of a value: a text to the place where it is, a number to the number of its field in the struct, and
// every other flag, so that no two of a struct are alike side by side.
func fill(t *testing.T, at string, nth int, value reflect.Value) {
	t.Helper()
	switch value.Kind() { //nolint:exhaustive // these are the kinds of the properties
	case reflect.Pointer:
		value.Set(reflect.New(value.Type().Elem()))
		fill(t, at, nth, value.Elem())
	case reflect.Struct:
		for i := range value.NumField() {
			fill(t, at+"."+value.Type().Field(i).Name, i, value.Field(i))
		}
	case reflect.Map:
		element := reflect.New(value.Type().Elem()).Elem()
		fill(t, at+".key", 0, element)
		value.Set(reflect.MakeMap(value.Type()))
		value.SetMapIndex(reflect.ValueOf("key"), element)
	case reflect.String:
		value.SetString(at)
	case reflect.Int64:
		value.SetInt(int64(nth))
	case reflect.Bool:
		value.SetBool(nth%2 == 0)
	default:
		t.Fatalf("%s is of an unexpected kind: %s", at, value.Kind())
	}
}
