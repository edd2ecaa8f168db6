// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// readCLIFile reads credentials as the Vonage CLI keeps them: a JSON object with api-key, api-secret, app-id and
// private-key, the last with the key itself (https://github.com/Vonage/vonage-cli). The same names in camelCase are read
// too, and win, as they do there. Errors name the file and quote nothing from it.
func readCLIFile(file string) (found source, exists bool, err error) {
	content, err := os.ReadFile(file) //nolint:gosec // the two files of the Vonage CLI and no others
	if errors.Is(err, fs.ErrNotExist) {
		return source{}, false, nil
	}
	if err != nil {
		return source{}, false, fmt.Errorf("%s: %s", file, whyUnreadable(err))
	}
	var members map[string]any
	if err := json.Unmarshal(content, &members); err != nil {
		return source{}, false, fmt.Errorf("%s is not a JSON object", file)
	}
	of := func(names ...string) setting {
		for _, name := range names {
			value, present := members[name]
			text, isText := value.(string)
			switch {
			case !present || value == nil || isText && text == "":
			case !isText:
				err = fmt.Errorf("%s: %s is not a string", file, name)
			default:
				return setting{name: name, text: text}
			}
		}
		return setting{name: names[len(names)-1]}
	}
	found = source{
		name:          file,
		apiKey:        of("apiKey", "api-key"),
		apiSecret:     of("apiSecret", "api-secret"),
		applicationID: of("appId", "app-id"),
		privateKey:    of("privateKey", "private-key"),
		keyIsText:     true,
	}
	return found, true, err
}

// whyUnreadable says why a file could not be read, without its name: what was taken for one may be a key.
func whyUnreadable(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	case errors.Is(err, fs.ErrPermission):
		return "there is no permission to read it"
	}
	return "it cannot be read"
}
