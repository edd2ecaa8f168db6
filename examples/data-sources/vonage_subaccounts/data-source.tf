data "vonage_subaccounts" "active" {
  suspended = false
}

# The subaccounts that have money of their own, and how much.
output "balances" {
  value = { for s in data.vonage_subaccounts.active.subaccounts : s.name => s.balance if !s.use_primary_account_balance }
}
