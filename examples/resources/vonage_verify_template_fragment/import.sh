# By the ids of the template and the fragment.
terraform import vonage_verify_template_fragment.spanish 22f571c1-f41a-4db2-bba7-f23a069200c1/c70f446e-997a-4313-a081-60a02a31dc19
