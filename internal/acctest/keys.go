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

// keyPool hands out the keys of the pool, and then those of more, which all pools share: applications of one account must
// not have the same key, but those of different accounts may.
type keyPool struct{ used atomic.Int64 }

func (p *keyPool) next() (*rsa.PrivateKey, error) {
	i := int(p.used.Add(1)) - 1
	if i < PoolSize {
		return Key(i), nil
	}
	more.Lock()
	defer more.Unlock()
	for len(more.keys) <= i-PoolSize {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			return nil, err
		}
		more.keys = append(more.keys, key)
	}
	return more.keys[i-PoolSize], nil
}

// more are the keys after those of the pool, as far as they were needed.
var more struct {
	sync.Mutex

	keys []*rsa.PrivateKey
}
