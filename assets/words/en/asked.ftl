# asked
