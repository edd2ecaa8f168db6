// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"strconv"

	"golang.org/x/sync/errgroup"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// parallelism is the number of objects that Terraform processes concurrently by default.
const parallelism = 10

// callsPerObject counts the API calls for reading n numbers: with one client, as in a refresh, and with a separate
// client for each read, so that reads cannot share responses.
func callsPerObject(ctx context.Context, _ *workspace, out table) error {
	out.section("API calls to read n numbers, ten at a time", "numbers on the account", "n", "calls", "calls, read one by one")
	for _, owned := range []int{100, 5000} {
		account, err := newVonage(owned, emulator.Options{})
		if err != nil {
			return err
		}
		defer account.close()
		for _, n := range []int{1, 10, 100, 1000} {
			if n > owned {
				continue
			}
			shared := account.client()
			together, err := account.read(ctx, n, func() *vonage.Client { return shared })
			if err != nil {
				return err
			}
			alone, err := account.read(ctx, n, account.client)
			if err != nil {
				return err
			}
			out.row(strconv.Itoa(owned), strconv.Itoa(n), strconv.Itoa(together), strconv.Itoa(alone))
		}
	}
	return nil
}

func (v *emulated) client() *vonage.Client {
	return vonage.New(vonage.Config{
		APIURL: v.server.URL, RESTURL: v.server.URL,
		Account: func(context.Context) (vonage.Account, error) {
			return vonage.Account{APIKey: apiKey, APISecret: apiSecret}, nil
		},
	})
}

// read reads n numbers spread over the account and returns the number of API calls.
func (v *emulated) read(ctx context.Context, n int, client func() *vonage.Client) (int, error) {
	v.ResetRequests()
	stride := len(v.Numbers()) / n
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(parallelism)
	for i := range n {
		group.Go(func() error {
			number, err := client().Numbers.Get(ctx, vonage.NumberKey{Country: "GB", MSISDN: msisdnOf(i * stride)})
			if err == nil && number.MSISDN != msisdnOf(i*stride) {
				err = fmt.Errorf("asked for %s, got %s", msisdnOf(i*stride), number.MSISDN)
			}
			return err
		})
	}
	err := group.Wait()
	return len(v.Requests()), err
}
