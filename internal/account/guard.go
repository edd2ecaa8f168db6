// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account

import (
	"context"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// A run that deletes the secret which it signs in with ends at once, and no later run can begin. The API does not tell which of
// an account's secrets that is. So the provider keeps a hash of every secret that it sets, with which it recognises the one
// that it signs in with now.

// hashes stores the hashes of the secrets that the object has set and not deleted yet, by secret id. Neither state nor plan can
// tell the value of a secret, and neither may.
type hashes map[string]hash

var hashesMarker = framework.Marker[hashes]{Key: "secret_hashes", Noun: "API secret", Tells: "which secrets the provider has set"}

// hash recognises a secret. It is salted, and slow to calculate: whoever reads it in a state file cannot find a secret of a
// few characters by trying them all.
type hash struct {
	Salt       []byte `json:"salt"`
	Iterations int    `json:"iterations"` // of PBKDF2 with SHA-256
	Sum        []byte `json:"sum"`
}

const saltLength = 16

// newHash calculates the hash of a secret; the time that it takes grows with the number of iterations.
func newHash(secret string, iterations int) (hash, error) {
	h := hash{Salt: make([]byte, saltLength), Iterations: iterations}
	_, _ = rand.Read(h.Salt) // which never fails
	var err error
	h.Sum, err = h.sum(secret)
	return h, err
}

func (h hash) sum(secret string) ([]byte, error) {
	return pbkdf2.Key(sha256.New, secret, h.Salt, h.Iterations, sha256.Size)
}

// of reports whether the hash is that of the secret. One that is damaged is that of any secret.
func (h hash) of(secret string) bool {
	sum, err := h.sum(secret)
	return err != nil || len(h.Sum) != sha256.Size || subtle.ConstantTimeCompare(sum, h.Sum) == 1
}

// with returns the hashes with that of a further secret.
func (h hashes) with(id string, of hash) hashes {
	more := maps.Clone(h)
	if more == nil {
		more = hashes{}
	}
	more[id] = of
	return more
}

// without returns the hashes of the other secrets.
func (h hashes) without(id string) hashes {
	fewer := maps.Clone(h)
	delete(fewer, id)
	if len(fewer) == 0 {
		return nil
	}
	return fewer
}

// mayDelete reports whether the provider can delete a secret without cutting itself off. If not, or if it does not know, it adds
// an error that the operation verb on the secret is impossible. It does not know of a secret that it has not set: one that was
// imported, or whose private state is lost. Secrets of other accounts are never those that it signs in with.
func mayDelete(ctx context.Context, client *vonage.Client, apiKey, id string, known hashes, verb string, diags *diag.Diagnostics) bool {
	hash, set := known[id]
	inUse, err := client.SignsInWith(ctx, apiKey, func(secret string) bool { return !set || hash.of(secret) })
	switch {
	case framework.CredentialsUnknown(err):
		return true // during a plan; the apply knows
	case err != nil:
		framework.AddError(diags, verb, secretNoun(id), err, nil)
		return false
	case !inUse:
		return true
	}
	source := client.AccountSource(ctx)
	if set {
		diags.AddError(framework.Unable(verb, secretNoun(id)), fmt.Sprintf("The provider signs in with this secret (%s): without it, this run could not go on, and no other "+
			"could begin. Nothing was changed.\n\nRotate two secrets in turn, each a vonage_api_secret of its own, as the guide \"Rotating API secrets\" shows: "+
			"have the provider sign in with the other one first, then %s this one. %s", source, verb, keepingSecret))
		return false
	}
	diags.AddError(framework.Unable(verb, secretNoun(id)), fmt.Sprintf("The provider has not set this secret, so it cannot tell whether it is the one that it signs in with (%s): "+
		"without that, this run could not go on, and no other could begin. Nothing was changed.\n\nIf the provider signs in with another secret, delete this one at %s, "+
		"and the next plan finds it gone. %s", source, settingsPage, keepingSecret))
	return false
}

const keepingSecret = "To keep the secret without Terraform, remove it from the state (terraform state rm), or use a removed block with lifecycle { destroy = false }." //nolint:gosec // advice

func secretNoun(id string) string { return "API secret " + id }
