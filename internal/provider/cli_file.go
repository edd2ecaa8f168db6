// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// readCLIFile reads credentials in the format of the Vonage CLI: a JSON object with api-key, api-secret, app-id and
// private-key, the last with the key itself (https://github.com/Vonage/vonage-cli). As in the CLI, the same names in
// camelCase are accepted, too, and take precedence. Errors name the file and quote nothing from it.
func readCLIFile(file string) (found source, exists bool, err error) {
	content, err := os.ReadFile(file) //nolint:gosec // the two files of the Vonage CLI and no others
	if errors.Is(err, fs.ErrNotExist) {
		return source{}, false, nil
	}
	if err != nil {
		return source{}, false, fmt.Errorf("%s: %s", file, whyUnreadable(err))
	}
	var members map[string]any
	if err := json.Unmarshal([]byte(vonage.Pasted(string(content))), &members); err != nil {
		return source{}, false, fmt.Errorf("%s is not a JSON object", file)
	}
	found = source{name: file, keyIsText: true}
	for _, wanted := range []struct {
		setting             *setting
		camelCase, dashCase string
	}{
		{&found.apiKey, "apiKey", "api-key"},
		{&found.apiSecret, "apiSecret", "api-secret"},
		{&found.applicationID, "appId", "app-id"},
		{&found.privateKey, "privateKey", "private-key"},
	} {
		if *wanted.setting, err = cliSetting(members, wanted.camelCase, wanted.dashCase); err != nil {
			return source{}, true, fmt.Errorf("%s: %w", file, err)
		}
	}
	return found, true, nil
}

// cliSetting returns the first of the names that has a value. If none has, the setting carries the last name.
func cliSetting(members map[string]any, names ...string) (setting, error) {
	for _, name := range names {
		switch value := members[name].(type) {
		case nil:
		case string:
			if found := newSetting(name, value); found.isSet() {
				return found, nil
			}
		default:
			return setting{}, fmt.Errorf("%s is not a string", name)
		}
	}
	return setting{name: names[len(names)-1]}, nil
}

// whyUnreadable says why a file could not be read, without its name: the supposed file name may be a key.
func whyUnreadable(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	case errors.Is(err, fs.ErrPermission):
		return "there is no permission to read it"
	}
	return "it cannot be read"
}
