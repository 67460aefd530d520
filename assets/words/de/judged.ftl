# judged
