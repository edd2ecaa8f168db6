// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"strings"

	"github.com/golang-jwt/jwt/v5"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// ValidateConfig rejects contradictory settings. Half a pair is not contradictory, because it may never be needed.
func (p *vonageProvider) ValidateConfig(ctx context.Context, req provider.ValidateConfigRequest, resp *provider.ValidateConfigResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if isKnown(config.JWT) && isKnown(config.PrivateKey) {
		resp.Diagnostics.AddAttributeError(path.Root("jwt"), "Two kinds of application credentials",
			"jwt replaces application_id and private_key. Remove either jwt or private_key.")
	}
	if httpHosts, known := knownHosts(config.AllowHTTPHosts); known {
		for name, value := range map[string]types.String{"api_url": config.APIURL, "rest_url": config.RESTURL} {
			_, err := schematype.ParseOrigin(value.ValueString(), httpHosts...)
			if _, plain := errors.AsType[*schematype.PlainHTTPError](err); plain && isKnown(value) {
				resp.Diagnostics.AddAttributeError(path.Root(name), "Invalid URL", "Attribute "+name+": "+err.Error()+".")
			}
		}
	}
	if isKnown(config.APIKey) {
		err := checkAllowed(config.AllowedAPIKeys, sources{config: config}.fromConfig())
		if err != nil && !framework.CredentialsUnknown(err) {
			resp.Diagnostics.AddAttributeError(path.Root("api_key"), "Account not allowed", err.Error())
		}
	}
}

func isKnown(s types.String) bool { return !s.IsNull() && !s.IsUnknown() }

// secretForm validates a secret. Unlike validators of other modules it never quotes the value.
type secretForm struct {
	description string
	refuse      func(text string) error
}

func notEmpty() validator.String {
	return secretForm{"must not be empty", func(text string) error {
		if vonage.Pasted(text) == "" {
			return errors.New("the value is empty; leave the attribute out, or set it to null, to take the value from the environment or the Vonage CLI's files")
		}
		return nil
	}}
}

func apiKeyForm() validator.String {
	return secretForm{"must be an API key", func(text string) error { return checkAPIKey(vonage.Pasted(text)) }}
}

func apiSecretForm() validator.String {
	return secretForm{"must be an API secret", func(text string) error { return checkAPISecret(vonage.Pasted(text)) }}
}

// checkAPIKey finds what no key has inside. More is not checked: the form of keys is not documented.
func checkAPIKey(text string) error {
	if strings.ContainsFunc(text, vonage.IsInvisible) || strings.ContainsAny(text, `"'`) {
		return errors.New("it has white space, a quotation mark or an invisible character in it")
	}
	return nil
}

// checkAPISecret is checkAPIKey for secrets. Users choose them, with any characters that can be typed: the rules are about
// their length and about letters and digits (https://developer.vonage.com/en/api/account).
func checkAPISecret(text string) error {
	if strings.ContainsFunc(text, func(r rune) bool { return r != ' ' && vonage.IsInvisible(r) }) {
		return errors.New("it has a line end or an invisible character in it")
	}
	return nil
}

func applicationIDForm() validator.String {
	return schematype.Check("UUID", "a UUID such as 78d335fa-323d-0114-9c3d-d6f0d48968cf", func(text string) error {
		return schematype.CheckUUID(vonage.Pasted(text))
	})
}

func privateKeyForm() validator.String {
	return secretForm{"must be an RSA private key in PEM or the path of such a file", func(text string) error {
		switch {
		case isPEM(text):
			_, err := vonage.ParsePrivateKey(text)
			return err
		case vonage.Pasted(text) == "", strings.ContainsAny(vonage.Pasted(text), "\n\r"):
			return errors.New("neither a PEM document nor the path of a file")
		}
		return nil // a path; the file is read when needed, and may not exist before
	}}
}

func jwtForm() validator.String {
	return secretForm{"must be a JSON Web Token", func(text string) error { return checkJWT(vonage.Pasted(text)) }}
}

// isPEM distinguishes a key from the path of a key file.
func isPEM(text string) bool { return strings.Contains(text, "-----BEGIN") }

// checkJWT checks only the form; Vonage decides whether the token is valid.
func checkJWT(token string) error {
	switch parts := strings.Split(token, "."); {
	case len(parts) != 3:
		return errors.New("not a JSON Web Token, which has three parts with dots between them")
	case strings.ContainsFunc(token, vonage.IsInvisible):
		return errors.New("the JSON Web Token has white space or an invisible character in it")
	case parts[2] == "":
		return errors.New("the JSON Web Token has no signature")
	}
	if _, _, err := jwt.NewParser().ParseUnverified(token, jwt.MapClaims{}); errors.Is(err, jwt.ErrTokenMalformed) {
		return errors.New("not a JSON Web Token: its first two parts must be JSON in base64url")
	}
	return nil
}

// claimedApplication returns the application that a token names, or "".
func claimedApplication(token string) string {
	claims := jwt.MapClaims{}
	if _, _, err := jwt.NewParser().ParseUnverified(token, claims); errors.Is(err, jwt.ErrTokenMalformed) {
		return ""
	}
	id, _ := claims["application_id"].(string)
	return id
}

func (f secretForm) Description(context.Context) string { return f.description }

func (f secretForm) MarkdownDescription(ctx context.Context) string { return f.Description(ctx) }

func (f secretForm) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !isKnown(req.ConfigValue) {
		return
	}
	if err := f.refuse(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid "+req.Path.String(), err.Error())
	}
}
