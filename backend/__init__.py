"""Charley's web back end: accounts, diary, trials, care, results and exports over one database."""
