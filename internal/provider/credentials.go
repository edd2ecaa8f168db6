// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"crypto/rsa"
	"fmt"
	"io"
	"os"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// credentials looks credentials up when they are needed.
type credentials struct{ sources sources }

// applicationCredentials authenticate an application: a ready-made token, or the id and key to sign tokens with.
type applicationCredentials struct {
	jwt        string
	id         string
	privateKey *rsa.PrivateKey
	// source says where they come from.
	source string
}

// account returns API key and secret from the first source that has either.
func (c *credentials) account() (vonage.Account, error) {
	for from, err := range c.sources.inOrder() {
		if err != nil {
			return vonage.Account{}, err
		}
		if !from.apiKey.isSet() && !from.apiSecret.isSet() {
			continue
		}
		if err := checkPair(from, settingsPage, from.apiKey, from.apiSecret); err != nil {
			return vonage.Account{}, err
		}
		if err := checkAPIKey(from.apiKey.text); err != nil {
			return vonage.Account{}, invalidSettingError(from, from.apiKey, err)
		}
		if err := checkAPISecret(from.apiSecret.text); err != nil {
			return vonage.Account{}, invalidSettingError(from, from.apiSecret, err)
		}
		if err := checkAllowed(c.sources.config.AllowedAPIKeys, from); err != nil {
			return vonage.Account{}, err
		}
		return vonage.Account{
			APIKey: from.apiKey.text, APISecret: from.apiSecret.text, Source: from.having(from.apiKey, from.apiSecret),
		}, nil
	}
	return vonage.Account{}, noAccountError()
}

// application returns the application's credentials from the first source that has any.
func (c *credentials) application() (applicationCredentials, error) {
	for from, err := range c.sources.inOrder() {
		switch {
		case err != nil:
			return applicationCredentials{}, err
		case from.jwt.isSet():
			return withToken(from)
		case from.applicationID.isSet() || from.privateKey.isSet():
			return c.withKey(from)
		}
	}
	return applicationCredentials{}, noApplicationError()
}

// signingKey returns the application id and private key, for resources that sign their own tokens.
func (c *credentials) signingKey(ctx context.Context) (framework.SigningKey, error) {
	found, err := c.application()
	switch {
	case err != nil:
		return framework.SigningKey{}, err
	case found.privateKey == nil:
		return framework.SigningKey{}, onlyTokenError(found.source)
	}
	logSource(ctx, found.source)
	return framework.SigningKey{ApplicationID: found.id, PrivateKey: found.privateKey}, nil
}

func withToken(from source) (applicationCredentials, error) {
	if from.privateKey.isSet() {
		if from.jwt.unknown || from.privateKey.unknown { // one of them may turn out to be null
			return applicationCredentials{}, &framework.UnknownError{Attribute: from.jwt.name + " or " + from.privateKey.name}
		}
		return applicationCredentials{}, credentialsErrorf("Two kinds of credentials: %s sets both %s and %s. A token replaces the key; "+
			"remove one of them.", from.name, from.jwt.name, from.privateKey.name)
	}
	if from.jwt.unknown {
		return applicationCredentials{}, &framework.UnknownError{Attribute: from.jwt.name}
	}
	if err := checkJWT(from.jwt.text); err != nil {
		return applicationCredentials{}, invalidSettingError(from, from.jwt, err)
	}
	return applicationCredentials{jwt: from.jwt.text, id: claimedApplication(from.jwt.text), source: from.having(from.jwt)}, nil
}

func (c *credentials) withKey(from source) (applicationCredentials, error) {
	if err := checkPair(from, applicationsPage, from.applicationID, from.privateKey); err != nil {
		return applicationCredentials{}, err
	}
	id := from.applicationID.text
	if err := schematype.CheckUUID(id); err != nil {
		return applicationCredentials{}, invalidSettingError(from, from.applicationID, err)
	}
	key, err := c.readKey(from)
	if err != nil {
		return applicationCredentials{}, invalidSettingError(from, from.privateKey, err)
	}
	return applicationCredentials{id: id, privateKey: key, source: from.having(from.applicationID, from.privateKey)}, nil
}

// longestKeyFile is the limit on the size of a key file in bytes, far more than any key needs.
const longestKeyFile = 1 << 20

// readKey reads a key that is given as text or, except in the CLI's files, as the path of a file. Its errors quote
// neither, because a key with a broken first line looks like a path.
func (c *credentials) readKey(from source) (*rsa.PrivateKey, error) {
	text := from.privateKey.text
	if isPEM(text) || from.keyIsText {
		return vonage.ParsePrivateKey(text)
	}
	opened, err := os.Open(c.sources.path(text))
	if err != nil {
		return nil, fmt.Errorf("it is neither a PEM document nor the path of a file that can be read: %s", whyUnreadable(err))
	}
	defer func() { _ = opened.Close() }() // opened for reading only
	content, err := io.ReadAll(io.LimitReader(opened, longestKeyFile))
	if err != nil {
		return nil, fmt.Errorf("the file that it names: %s", whyUnreadable(err))
	}
	key, err := vonage.ParsePrivateKey(string(content))
	if err != nil {
		return nil, fmt.Errorf("in the file that it names: %w", err)
	}
	return key, nil
}
