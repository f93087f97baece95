"""The tables of the working house."""

import sqlalchemy as sa
from alembic import op

import db

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('job',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('priority', sa.Integer(), nullable=False),
    sa.Column('run_at', db.UtcDateTime(), nullable=False),
    sa.Column('attempt', sa.Integer(), nullable=False),
    sa.Column('max_attempts', sa.Integer(), nullable=False),
    sa.Column('lease_owner', sa.String(length=80), nullable=True),
    sa.Column('lease_until', db.UtcDateTime(), nullable=True),
    sa.Column('progress_done', sa.Integer(), nullable=False),
    sa.Column('progress_total', sa.Integer(), nullable=True),
    sa.Column('result', sa.JSON(), nullable=True),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.Column('unique_key', sa.String(length=120), nullable=True),
    sa.Column('unit_path', sa.String(length=80), nullable=False),
    sa.Column('asked_by', sa.Integer(), nullable=True),
    sa.Column('asked_at', db.UtcDateTime(), nullable=False),
    sa.Column('finished_at', db.UtcDateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job')),
    sa.UniqueConstraint('unique_key', name=op.f('uq_job_unique_key'))
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.create_index('ix_job_due', ['state', 'priority', 'run_at'], unique=False)

    op.create_table('org_unit',
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('level', sa.String(length=12), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('parent_code', sa.String(length=12), nullable=True),
    sa.Column('path', sa.String(length=80), nullable=False),
    sa.Column('village_class', sa.String(length=24), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('coord_quality', sa.String(length=12), server_default='missing', nullable=False),
    sa.Column('base_year_from', sa.Integer(), nullable=True),
    sa.Column('base_year_to', sa.Integer(), nullable=True),
    sa.Column('updated_at', db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['parent_code'], ['org_unit.code'], name=op.f('fk_org_unit_parent_code')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_org_unit'))
    )
    with op.batch_alter_table('org_unit', schema=None) as batch_op:
        batch_op.create_index('ix_org_unit_level_name', ['level', 'name'], unique=False)
        batch_op.create_index(batch_op.f('ix_org_unit_parent_code'), ['parent_code'], unique=False)
        batch_op.create_index('ix_org_unit_path', ['path'], unique=False, postgresql_ops={'path': 'text_pattern_ops'})

    op.create_table('register_revision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_register_revision'))
    )
    op.create_table('county_programme',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('county_code', sa.String(length=12), nullable=False),
    sa.Column('batch_year', sa.Integer(), nullable=True),
    sa.Column('batch_group', sa.String(length=80), nullable=False),
    sa.Column('funds_wan', sa.Numeric(precision=12, scale=2), nullable=True),
    sa.Column('status', sa.String(length=24), nullable=False),
    sa.Column('name_as_printed', sa.String(length=80), nullable=False),
    sa.Column('source_doc', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['county_code'], ['org_unit.code'], name=op.f('fk_county_programme_county_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_county_programme')),
    sa.UniqueConstraint('county_code', 'batch_year', 'batch_group', name=op.f('uq_county_programme_county_code_batch_year_batch_group'))
    )
    with op.batch_alter_table('county_programme', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_county_programme_county_code'), ['county_code'], unique=False)

    op.create_table('evaluation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('unit_as_printed', sa.String(length=80), nullable=False),
    sa.Column('unit_type', sa.String(length=24), nullable=False),
    sa.Column('score', sa.Numeric(precision=6, scale=2), nullable=False),
    sa.Column('grade', sa.String(length=12), nullable=False),
    sa.Column('source_doc', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['unit_code'], ['org_unit.code'], name=op.f('fk_evaluation_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation')),
    sa.UniqueConstraint('year', 'unit_code', 'unit_type', name=op.f('uq_evaluation_year_unit_code_unit_type'))
    )
    with op.batch_alter_table('evaluation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evaluation_unit_code'), ['unit_code'], unique=False)

    op.create_table('former_unit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('former_code', sa.String(length=12), nullable=True),
    sa.Column('former_name', sa.String(length=80), nullable=False),
    sa.Column('former_parent_code', sa.String(length=12), nullable=True),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['unit_code'], ['org_unit.code'], name=op.f('fk_former_unit_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_former_unit'))
    )
    with op.batch_alter_table('former_unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_former_unit_former_code'), ['former_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_former_unit_former_name'), ['former_name'], unique=False)
        batch_op.create_index(batch_op.f('ix_former_unit_unit_code'), ['unit_code'], unique=False)

    op.create_table('policy_rule',
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('parameters', sa.JSON(), nullable=False),
    sa.Column('province_code', sa.String(length=12), nullable=True),
    sa.Column('batch_years', sa.JSON(), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=True),
    sa.Column('effective_to', sa.Date(), nullable=True),
    sa.Column('source_doc', sa.Text(), nullable=False),
    sa.Column('quote', sa.Text(), nullable=False),
    sa.Column('is_proposal', sa.Boolean(), nullable=False),
    sa.Column('updated_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['province_code'], ['org_unit.code'], name=op.f('fk_policy_rule_province_code')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_policy_rule'))
    )
    with op.batch_alter_table('policy_rule', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_policy_rule_kind'), ['kind'], unique=False)

    op.create_table('station',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('host_type', sa.String(length=20), nullable=False),
    sa.Column('operator', sa.String(length=120), nullable=True),
    sa.Column('hub_id', sa.Integer(), nullable=True),
    sa.Column('is_subsidised', sa.Boolean(), nullable=True),
    sa.Column('reporting_mode', sa.String(length=12), server_default='form', nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('unit_path', sa.String(length=80), nullable=False),
    sa.Column('listing_status', sa.String(length=12), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=True),
    sa.Column('vitality', sa.String(length=16), nullable=False),
    sa.Column('vitality_confidence', sa.String(length=16), nullable=True),
    sa.Column('vitality_reason', sa.String(length=40), nullable=False),
    sa.Column('vitality_since', sa.Date(), nullable=False),
    sa.Column('vitality_recheck_on', sa.Date(), nullable=True),
    sa.Column('last_observed_at', db.UtcDateTime(), nullable=True),
    sa.Column('last_observed_state', sa.String(length=24), nullable=True),
    sa.Column('created_at', db.UtcDateTime(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['hub_id'], ['station.id'], name=op.f('fk_station_hub_id')),
    sa.ForeignKeyConstraint(['unit_code'], ['org_unit.code'], name=op.f('fk_station_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_station')),
    sa.UniqueConstraint('code', name=op.f('uq_station_code'))
    )
    with op.batch_alter_table('station', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_station_listing_status'), ['listing_status'], unique=False)
        batch_op.create_index(batch_op.f('ix_station_revision'), ['revision'], unique=False)
        batch_op.create_index(batch_op.f('ix_station_unit_code'), ['unit_code'], unique=False)
        batch_op.create_index('ix_station_unit_path', ['unit_path'], unique=False, postgresql_ops={'unit_path': 'text_pattern_ops'})
        batch_op.create_index(batch_op.f('ix_station_vitality'), ['vitality'], unique=False)
        batch_op.create_index(batch_op.f('ix_station_vitality_recheck_on'), ['vitality_recheck_on'], unique=False)

    op.create_table('unit_denominator',
    sa.Column('base_year', sa.Integer(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('villages', sa.Integer(), nullable=False),
    sa.Column('admin_villages', sa.Integer(), nullable=False),
    sa.Column('frozen_at', db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['unit_code'], ['org_unit.code'], name=op.f('fk_unit_denominator_unit_code')),
    sa.PrimaryKeyConstraint('base_year', 'unit_code', name=op.f('pk_unit_denominator'))
    )
    op.create_table('account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('username', sa.String(length=60), nullable=False),
    sa.Column('display_name', sa.String(length=60), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=True),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('failed_sign_ins', sa.Integer(), server_default='0', nullable=False),
    sa.Column('paused_until', db.UtcDateTime(), nullable=True),
    sa.Column('created_at', db.UtcDateTime(), nullable=False),
    sa.Column('closed_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_account_station_id')),
    sa.ForeignKeyConstraint(['unit_code'], ['org_unit.code'], name=op.f('fk_account_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('username', name=op.f('uq_account_username'))
    )
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_account_unit_code'), ['unit_code'], unique=False)

    op.create_table('reporting_obligation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_reporting_obligation_station_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reporting_obligation'))
    )
    with op.batch_alter_table('reporting_obligation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reporting_obligation_station_id'), ['station_id'], unique=False)

    op.create_table('service_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('village_code', sa.String(length=12), nullable=False),
    sa.Column('services', sa.JSON(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('declared_by', sa.String(length=24), nullable=False),
    sa.Column('recorded_at', db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_service_link_station_id')),
    sa.ForeignKeyConstraint(['village_code'], ['org_unit.code'], name=op.f('fk_service_link_village_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_link'))
    )
    with op.batch_alter_table('service_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_service_link_station_id'), ['station_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_service_link_village_code'), ['village_code'], unique=False)

    op.create_table('vitality_state',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('value', sa.String(length=16), nullable=False),
    sa.Column('confidence', sa.String(length=16), nullable=True),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.Column('rule_version', sa.String(length=12), nullable=False),
    sa.Column('evidence_ids', sa.JSON(), nullable=False),
    sa.Column('next_change_on', sa.Date(), nullable=True),
    sa.Column('recorded_at', db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_vitality_state_station_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vitality_state'))
    )
    with op.batch_alter_table('vitality_state', schema=None) as batch_op:
        batch_op.create_index('ix_vitality_state_station', ['station_id', 'recorded_at'], unique=False)

    op.create_table('audit_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', db.UtcDateTime(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('action', sa.String(length=40), nullable=False),
    sa.Column('object_kind', sa.String(length=24), nullable=False),
    sa.Column('object_id', sa.String(length=80), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['account.id'], name=op.f('fk_audit_event_actor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_event'))
    )
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_event_at'), ['at'], unique=False)

    op.create_table('device',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('token_sha256', sa.String(length=64), nullable=False),
    sa.Column('enrolled_at', db.UtcDateTime(), nullable=False),
    sa.Column('last_sync_at', db.UtcDateTime(), nullable=True),
    sa.Column('revoked_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_device_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_device')),
    sa.UniqueConstraint('token_sha256', name=op.f('uq_device_token_sha256'))
    )
    with op.batch_alter_table('device', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_device_account_id'), ['account_id'], unique=False)

    op.create_table('enrolment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code_sha256', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('created_at', db.UtcDateTime(), nullable=False),
    sa.Column('expires_at', db.UtcDateTime(), nullable=False),
    sa.Column('used_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_enrolment_account_id')),
    sa.ForeignKeyConstraint(['created_by'], ['account.id'], name=op.f('fk_enrolment_created_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment')),
    sa.UniqueConstraint('code_sha256', name=op.f('uq_enrolment_code_sha256'))
    )
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enrolment_account_id'), ['account_id'], unique=False)

    op.create_table('ledger_import',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('unit_path', sa.String(length=80), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('file_sha256', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('result', sa.JSON(), nullable=True),
    sa.Column('asked_at', db.UtcDateTime(), nullable=False),
    sa.Column('finished_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_ledger_import_account_id')),
    sa.ForeignKeyConstraint(['unit_code'], ['org_unit.code'], name=op.f('fk_ledger_import_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_import'))
    )
    with op.batch_alter_table('ledger_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ledger_import_file_sha256'), ['file_sha256'], unique=False)
        batch_op.create_index('ix_ledger_import_unit_path', ['unit_path'], unique=False, postgresql_ops={'unit_path': 'text_pattern_ops'})

    op.create_table('medium',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size_bytes', sa.Integer(), nullable=False),
    sa.Column('mime', sa.String(length=24), nullable=False),
    sa.Column('width_px', sa.Integer(), nullable=False),
    sa.Column('height_px', sa.Integer(), nullable=False),
    sa.Column('stored_at', db.UtcDateTime(), nullable=False),
    sa.Column('sent_by', sa.Integer(), nullable=True),
    sa.Column('thumbnail_at', db.UtcDateTime(), nullable=True),
    sa.Column('refused_code', sa.String(length=32), nullable=True),
    sa.ForeignKeyConstraint(['sent_by'], ['account.id'], name=op.f('fk_medium_sent_by')),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_medium'))
    )
    op.create_table('observation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('observed_at', db.UtcDateTime(), nullable=False),
    sa.Column('observed_state', sa.String(length=24), nullable=False),
    sa.Column('evidence_kind', sa.String(length=20), nullable=False),
    sa.Column('method', sa.String(length=20), nullable=False),
    sa.Column('observer_id', sa.Integer(), nullable=True),
    sa.Column('observer_unit_code', sa.String(length=12), nullable=False),
    sa.Column('is_independent', sa.Boolean(), nullable=False),
    sa.Column('source', sa.String(length=16), nullable=False),
    sa.Column('inspection_id', sa.String(length=36), nullable=True),
    sa.Column('withdrawn_at', db.UtcDateTime(), nullable=True),
    sa.Column('recorded_at', db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['observer_id'], ['account.id'], name=op.f('fk_observation_observer_id')),
    sa.ForeignKeyConstraint(['observer_unit_code'], ['org_unit.code'], name=op.f('fk_observation_observer_unit_code')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_observation_station_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_observation'))
    )
    with op.batch_alter_table('observation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_observation_inspection_id'), ['inspection_id'], unique=False)
        batch_op.create_index('ix_observation_station', ['station_id', 'observed_at'], unique=False)

    op.create_table('staff_session',
    sa.Column('token_sha256', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('csrf_token', sa.String(length=64), nullable=False),
    sa.Column('created_at', db.UtcDateTime(), nullable=False),
    sa.Column('expires_at', db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_staff_session_account_id')),
    sa.PrimaryKeyConstraint('token_sha256', name=op.f('pk_staff_session'))
    )
    with op.batch_alter_table('staff_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_session_account_id'), ['account_id'], unique=False)

    op.create_table('station_transition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('from_status', sa.String(length=12), nullable=True),
    sa.Column('to_status', sa.String(length=12), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('reason_code', sa.String(length=40), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('evidence_ids', sa.JSON(), nullable=False),
    sa.Column('doc_no', sa.String(length=80), nullable=True),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('successor_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_station_transition_decided_by')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_station_transition_station_id')),
    sa.ForeignKeyConstraint(['successor_id'], ['station.id'], name=op.f('fk_station_transition_successor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_station_transition'))
    )
    with op.batch_alter_table('station_transition', schema=None) as batch_op:
        batch_op.create_index('ix_station_transition_in_force', ['station_id', 'effective_on', 'recorded_at'], unique=False)

    op.create_table('station_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('village_code', sa.String(length=12), nullable=False),
    sa.Column('address', sa.String(length=200), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('point', db.LonLatPoint(), nullable=True),
    sa.Column('lon_raw', sa.Float(), nullable=True),
    sa.Column('lat_raw', sa.Float(), nullable=True),
    sa.Column('coord_system', sa.String(length=12), nullable=True),
    sa.Column('coord_quality', sa.String(length=12), nullable=False),
    sa.Column('services', sa.JSON(), nullable=False),
    sa.Column('head_name', sa.String(length=60), nullable=True),
    sa.Column('phone', sa.String(length=40), nullable=True),
    sa.Column('hours', sa.String(length=60), nullable=True),
    sa.Column('extra', sa.JSON(), nullable=False),
    sa.Column('source', sa.String(length=24), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('recorded_at', db.UtcDateTime(), nullable=False),
    sa.Column('recorded_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('fk_station_version_recorded_by')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_station_version_station_id')),
    sa.ForeignKeyConstraint(['village_code'], ['org_unit.code'], name=op.f('fk_station_version_village_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_station_version'))
    )
    with op.batch_alter_table('station_version', schema=None) as batch_op:
        batch_op.create_index('ix_station_version_in_force', ['station_id', 'valid_from', 'recorded_at'], unique=False)
        batch_op.create_index('ix_station_version_lon_lat', ['lon', 'lat'], unique=False)
        batch_op.create_index(batch_op.f('ix_station_version_village_code'), ['village_code'], unique=False)

    # Plain WKB on SQLite has no use for it; boxes there go over lon and lat.
    if op.get_bind().dialect.name == 'postgresql':
        op.create_index('ix_station_version_point', 'station_version', ['point'], postgresql_using='gist')

    op.create_table('inspection',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('body_sha256', sa.String(length=64), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('device_id', sa.Integer(), nullable=True),
    sa.Column('method', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('observed_state', sa.String(length=24), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('checks', sa.JSON(), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('form_version', sa.String(length=16), nullable=False),
    sa.Column('started_at', db.UtcDateTime(), nullable=False),
    sa.Column('ended_at', db.UtcDateTime(), nullable=False),
    sa.Column('captured_at', db.UtcDateTime(), nullable=False),
    sa.Column('received_at', db.UtcDateTime(), nullable=False),
    sa.Column('completed_at', db.UtcDateTime(), nullable=True),
    sa.Column('clock', sa.JSON(), nullable=False),
    sa.Column('fix_lon', sa.Float(), nullable=True),
    sa.Column('fix_lat', sa.Float(), nullable=True),
    sa.Column('fix_point', db.LonLatPoint(), nullable=True),
    sa.Column('fix_raw', sa.JSON(), nullable=True),
    sa.Column('fix_accuracy_m', sa.Float(), nullable=True),
    sa.Column('distance_m', sa.Float(), nullable=True),
    sa.Column('on_site', sa.String(length=12), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_inspection_account_id')),
    sa.ForeignKeyConstraint(['device_id'], ['device.id'], name=op.f('fk_inspection_device_id')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_inspection_station_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection'))
    )
    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inspection_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_inspection_state'), ['state'], unique=False)
        batch_op.create_index('ix_inspection_station', ['station_id', 'captured_at'], unique=False)

    op.create_table('kept_aside',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_kind', sa.String(length=16), nullable=False),
    sa.Column('record_id', sa.String(length=64), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('body_sha256', sa.String(length=64), nullable=False),
    sa.Column('refusal_code', sa.String(length=32), nullable=False),
    sa.Column('errors', sa.JSON(), nullable=False),
    sa.Column('stored_as', sa.String(length=120), nullable=True),
    sa.Column('size_bytes', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('device_id', sa.Integer(), nullable=True),
    sa.Column('unit_path', sa.String(length=80), nullable=False),
    sa.Column('user_agent', sa.String(length=300), nullable=True),
    sa.Column('received_at', db.UtcDateTime(), nullable=False),
    sa.Column('settled_at', db.UtcDateTime(), nullable=True),
    sa.Column('settled_by', sa.Integer(), nullable=True),
    sa.Column('settlement', sa.String(length=24), nullable=True),
    sa.Column('settlement_note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_kept_aside_account_id')),
    sa.ForeignKeyConstraint(['device_id'], ['device.id'], name=op.f('fk_kept_aside_device_id')),
    sa.ForeignKeyConstraint(['settled_by'], ['account.id'], name=op.f('fk_kept_aside_settled_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_aside')),
    sa.UniqueConstraint('record_kind', 'record_id', 'body_sha256', name=op.f('uq_kept_aside_record_kind_record_id_body_sha256'))
    )
    with op.batch_alter_table('kept_aside', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kept_aside_received_at'), ['received_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_kept_aside_unit_path'), ['unit_path'], unique=False)

    op.create_table('inspection_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('inspection_id', sa.String(length=36), nullable=False),
    sa.Column('from_state', sa.String(length=16), nullable=True),
    sa.Column('to_state', sa.String(length=16), nullable=False),
    sa.Column('at', db.UtcDateTime(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['account.id'], name=op.f('fk_inspection_step_actor_id')),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_inspection_step_inspection_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection_step'))
    )
    with op.batch_alter_table('inspection_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inspection_step_inspection_id'), ['inspection_id'], unique=False)

    op.create_table('photo',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('inspection_id', sa.String(length=36), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(length=16), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size_bytes', sa.Integer(), nullable=False),
    sa.Column('mime', sa.String(length=24), nullable=False),
    sa.Column('taken_at', db.UtcDateTime(), nullable=True),
    sa.Column('received_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_photo_inspection_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_photo'))
    )
    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_photo_inspection_id'), ['inspection_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_photo_sha256'), ['sha256'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_photo_sha256'))
        batch_op.drop_index(batch_op.f('ix_photo_inspection_id'))

    op.drop_table('photo')
    with op.batch_alter_table('inspection_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_inspection_step_inspection_id'))

    op.drop_table('inspection_step')
    with op.batch_alter_table('kept_aside', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kept_aside_unit_path'))
        batch_op.drop_index(batch_op.f('ix_kept_aside_received_at'))

    op.drop_table('kept_aside')
    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.drop_index('ix_inspection_station')
        batch_op.drop_index(batch_op.f('ix_inspection_state'))
        batch_op.drop_index(batch_op.f('ix_inspection_account_id'))

    op.drop_table('inspection')
    with op.batch_alter_table('station_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_station_version_village_code'))
        batch_op.drop_index('ix_station_version_lon_lat')
        batch_op.drop_index('ix_station_version_in_force')

    op.drop_table('station_version')
    with op.batch_alter_table('station_transition', schema=None) as batch_op:
        batch_op.drop_index('ix_station_transition_in_force')

    op.drop_table('station_transition')
    with op.batch_alter_table('staff_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_session_account_id'))

    op.drop_table('staff_session')
    with op.batch_alter_table('observation', schema=None) as batch_op:
        batch_op.drop_index('ix_observation_station')
        batch_op.drop_index(batch_op.f('ix_observation_inspection_id'))

    op.drop_table('observation')
    op.drop_table('medium')
    with op.batch_alter_table('ledger_import', schema=None) as batch_op:
        batch_op.drop_index('ix_ledger_import_unit_path', postgresql_ops={'unit_path': 'text_pattern_ops'})
        batch_op.drop_index(batch_op.f('ix_ledger_import_file_sha256'))

    op.drop_table('ledger_import')
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_enrolment_account_id'))

    op.drop_table('enrolment')
    with op.batch_alter_table('device', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_device_account_id'))

    op.drop_table('device')
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_event_at'))

    op.drop_table('audit_event')
    with op.batch_alter_table('vitality_state', schema=None) as batch_op:
        batch_op.drop_index('ix_vitality_state_station')

    op.drop_table('vitality_state')
    with op.batch_alter_table('service_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_service_link_village_code'))
        batch_op.drop_index(batch_op.f('ix_service_link_station_id'))

    op.drop_table('service_link')
    with op.batch_alter_table('reporting_obligation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reporting_obligation_station_id'))

    op.drop_table('reporting_obligation')
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_account_unit_code'))

    op.drop_table('account')
    op.drop_table('unit_denominator')
    with op.batch_alter_table('station', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_station_vitality_recheck_on'))
        batch_op.drop_index(batch_op.f('ix_station_vitality'))
        batch_op.drop_index('ix_station_unit_path', postgresql_ops={'unit_path': 'text_pattern_ops'})
        batch_op.drop_index(batch_op.f('ix_station_unit_code'))
        batch_op.drop_index(batch_op.f('ix_station_revision'))
        batch_op.drop_index(batch_op.f('ix_station_listing_status'))

    op.drop_table('station')
    with op.batch_alter_table('policy_rule', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_policy_rule_kind'))

    op.drop_table('policy_rule')
    with op.batch_alter_table('former_unit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_former_unit_unit_code'))
        batch_op.drop_index(batch_op.f('ix_former_unit_former_name'))
        batch_op.drop_index(batch_op.f('ix_former_unit_former_code'))

    op.drop_table('former_unit')
    with op.batch_alter_table('evaluation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evaluation_unit_code'))

    op.drop_table('evaluation')
    with op.batch_alter_table('county_programme', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_county_programme_county_code'))

    op.drop_table('county_programme')
    op.drop_table('register_revision')
    with op.batch_alter_table('org_unit', schema=None) as batch_op:
        batch_op.drop_index('ix_org_unit_path', postgresql_ops={'path': 'text_pattern_ops'})
        batch_op.drop_index(batch_op.f('ix_org_unit_parent_code'))
        batch_op.drop_index('ix_org_unit_level_name')

    op.drop_table('org_unit')
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_index('ix_job_due')

    op.drop_table('job')
