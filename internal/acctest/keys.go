// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"crypto/rand"
	"crypto/rsa"
	"embed"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

//go:embed testdata/test-only-key-*.pem
var keyFiles embed.FS

// PoolSize is the number of keys that Key can return.
const PoolSize = 8

var pool = sync.OnceValue(func() [PoolSize]*rsa.PrivateKey {
	var keys [PoolSize]*rsa.PrivateKey
	for i := range keys {
		text, err := keyFiles.ReadFile(fmt.Sprintf("testdata/test-only-key-%d.pem", i))
		if err == nil {
			keys[i], err = vonage.ParsePrivateKey(string(text))
		}
		if err != nil {
			panic(fmt.Sprintf("test key %d: %v", i, err))
		}
	}
	return keys
})

// Key returns a fixed RSA-2048 key: generating one takes 0.1 s, and several times that with the race detector. The
// provider of an Env uses the keys from the first on; tests that need their own keys use them from the last.
func Key(i int) *rsa.PrivateKey { return pool()[i] }

// PrivateKey returns Key(i) as PKCS#8 PEM.
func PrivateKey(i int) string { return must(vonage.EncodePrivateKey(Key(i))) }

// PublicKey returns the public half of Key(i) as SPKI PEM.
func PublicKey(i int) string { return must(vonage.EncodePublicKey(&Key(i).PublicKey)) }

func must(text string, err error) string {
	if err != nil {
		panic(err) // the keys of the pool are valid
	}
	return text
}

// keyPool hands out the keys of the pool, and generates more when they are used up: applications of one account must not
// share a key.
type keyPool struct{ used atomic.Int64 }

func (p *keyPool) next() (*rsa.PrivateKey, error) {
	if i := p.used.Add(1) - 1; i < PoolSize {
		return Key(int(i)), nil
	}
	return rsa.GenerateKey(rand.Reader, 2048)
}
