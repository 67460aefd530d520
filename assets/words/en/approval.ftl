# approval
