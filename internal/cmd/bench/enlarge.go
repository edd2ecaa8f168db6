// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// applied is how many objects of each kind a plan's configuration creates before enlarge adds the rest: a multiple of how
// many applications links refer to. Terraform itself takes time for an apply that grows with the square of the number of
// objects, a quarter of an hour for 4,000, and only the plan is measured.
const applied = 40

// state is a state of Terraform, as far as enlarge reads it.
type state struct {
	whole     map[string]any
	resources []map[string]any
}

func readState(dir string) (state, error) {
	text, err := os.ReadFile(filepath.Join(dir, "terraform.tfstate")) //nolint:gosec // of the benchmark's own directory
	if err != nil {
		return state{}, err
	}
	var s state
	if err := json.Unmarshal(text, &s.whole); err != nil {
		return state{}, err
	}
	for _, resource := range s.whole["resources"].([]any) { //nolint:errcheck,forcetypeassert // as Terraform writes it
		s.resources = append(s.resources, resource.(map[string]any)) //nolint:errcheck,forcetypeassert // likewise
	}
	return s, nil
}

// enlarge makes the state in dir and the account what they would be if the counted resources had been applied with a count
// of n instead of applied. Every further object is a copy of one of the first, with its own number and id.
func (v *emulated) enlarge(dir string, n int) error {
	s, err := readState(dir)
	if err != nil {
		return err
	}
	for _, resource := range s.resources {
		instances := resource["instances"].([]any) //nolint:errcheck,forcetypeassert // as Terraform writes it
		if resource["type"] == "vonage_application_numbers" {
			if err := v.linkTogether(instances[0], n); err != nil {
				return err
			}
		}
		if len(instances) != applied {
			continue
		}
		originals := slices.Clone(instances)
		for i := applied; i < n; i++ {
			another, err := v.another(resource["type"], originals[i%applied], i)
			if err != nil {
				return err
			}
			instances = append(instances, another)
		}
		resource["instances"] = instances
	}
	text, err := json.Marshal(s.whole)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "terraform.tfstate"), text, 0o600)
}

// linkTogether makes the numbers of a vonage_application_numbers n.
func (v *emulated) linkTogether(instance any, n int) error {
	attributes := instance.(map[string]any)["attributes"].(map[string]any) //nolint:errcheck,forcetypeassert // as Terraform writes it
	numbers := make([]string, n)
	for i := range n {
		numbers[i] = msisdnOf(i)
		number, _ := v.Number("GB/" + numbers[i])
		number["app_id"] = attributes["application_id"]
		if err := v.SeedNumber("GB/"+numbers[i], number); err != nil {
			return err
		}
	}
	attributes["numbers"] = numbers
	return nil
}

// another returns the i-th instance of a resource, made from one of the first, and adds its object to the account.
func (v *emulated) another(resourceType, original any, i int) (map[string]any, error) {
	from := i % applied
	attributes := original.(map[string]any)["attributes"].(map[string]any) //nolint:errcheck,forcetypeassert // as Terraform writes it
	id := fmt.Sprint(attributes["id"])
	changes := []string{
		fmt.Sprintf("bench %d\"", from), fmt.Sprintf("bench %d\"", i), fmt.Sprintf("/%d/", from), fmt.Sprintf("/%d/", i), msisdnOf(from), msisdnOf(i),
	}
	kind, next := "", strings.ReplaceAll(id, msisdnOf(from), msisdnOf(i))
	switch resourceType {
	case "vonage_application":
		kind, next = "applications", uuid.NewString()
	case "vonage_number_link":
		kind = "numbers"
	default:
		next = uuid.NewString()
	}
	replace := strings.NewReplacer(append(changes, id, next)...)
	copied := func(of any) (map[string]any, error) {
		text, err := json.Marshal(of)
		if err != nil {
			return nil, err
		}
		var made map[string]any
		err = json.Unmarshal([]byte(replace.Replace(string(text))), &made)
		return made, err
	}
	instance, err := copied(original)
	if err != nil {
		return nil, err
	}
	instance["index_key"] = i
	if kind == "" {
		return instance, nil
	}
	stored, _ := v.Documents(kind).Get(id)
	object, err := copied(stored)
	if err != nil {
		return nil, err
	}
	return instance, v.Documents(kind).Seed(next, object)
}
