"""The months: obligations as known, reports and their history, feeds, returns, reminders, follow-ups, snapshots."""

import sqlalchemy as sa
from alembic import op

import db

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('return_column',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('heading', sa.String(length=120), nullable=False),
    sa.Column('figure', sa.String(length=32), nullable=False),
    sa.Column('unit', sa.String(length=12), nullable=False),
    sa.Column('constant', sa.String(length=200), nullable=True),
    sa.ForeignKeyConstraint(['unit_code'], ['org_unit.code'], name=op.f('fk_return_column_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_return_column')),
    sa.UniqueConstraint('unit_code', 'position', name=op.f('uq_return_column_unit_code_position'))
    )
    op.create_table('reminder_sent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('period', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('asked_at', db.UtcDateTime(), nullable=False),
    sa.Column('message_id', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_reminder_sent_station_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder_sent')),
    sa.UniqueConstraint('station_id', 'period', 'kind', name=op.f('uq_reminder_sent_station_id_period_kind'))
    )
    op.create_table('reminder_mailbox',
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('set_by', sa.Integer(), nullable=True),
    sa.Column('set_at', db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['set_by'], ['account.id'], name=op.f('fk_reminder_mailbox_set_by')),
    sa.ForeignKeyConstraint(['unit_code'], ['org_unit.code'], name=op.f('fk_reminder_mailbox_unit_code')),
    sa.PrimaryKeyConstraint('unit_code', name=op.f('pk_reminder_mailbox'))
    )
    op.create_table('county_return',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('county_code', sa.String(length=12), nullable=False),
    sa.Column('county_path', sa.String(length=80), nullable=False),
    sa.Column('period', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('coverage', sa.JSON(), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('timeliness', sa.String(length=12), nullable=False),
    sa.Column('sent_by', sa.Integer(), nullable=True),
    sa.Column('sent_at', db.UtcDateTime(), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_at', db.UtcDateTime(), nullable=True),
    sa.Column('decided_note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['county_code'], ['org_unit.code'], name=op.f('fk_county_return_county_code')),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_county_return_decided_by')),
    sa.ForeignKeyConstraint(['sent_by'], ['account.id'], name=op.f('fk_county_return_sent_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_county_return')),
    sa.UniqueConstraint('county_code', 'period', 'version', name=op.f('uq_county_return_county_code_period_version'))
    )
    op.create_table('feed',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('unit_path', sa.String(length=80), nullable=False),
    sa.Column('secret', sa.String(length=64), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('created_at', db.UtcDateTime(), nullable=False),
    sa.Column('revoked_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['created_by'], ['account.id'], name=op.f('fk_feed_created_by')),
    sa.ForeignKeyConstraint(['unit_code'], ['org_unit.code'], name=op.f('fk_feed_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feed'))
    )
    op.create_table('follow_up',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('period', sa.Integer(), nullable=True),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('reason_code', sa.String(length=16), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('set_by', sa.Integer(), nullable=True),
    sa.Column('set_at', db.UtcDateTime(), nullable=False),
    sa.Column('cleared_at', db.UtcDateTime(), nullable=True),
    sa.Column('cleared_by', sa.Integer(), nullable=True),
    sa.Column('cleared_note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['cleared_by'], ['account.id'], name=op.f('fk_follow_up_cleared_by')),
    sa.ForeignKeyConstraint(['set_by'], ['account.id'], name=op.f('fk_follow_up_set_by')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_follow_up_station_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up'))
    )
    with op.batch_alter_table('follow_up', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_up_station_id'), ['station_id'], unique=False)

    op.create_table('lock_exception',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('unit_path', sa.String(length=80), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=True),
    sa.Column('period', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('granted_by', sa.Integer(), nullable=True),
    sa.Column('granted_at', db.UtcDateTime(), nullable=False),
    sa.Column('expires_at', db.UtcDateTime(), nullable=False),
    sa.Column('revoked_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['granted_by'], ['account.id'], name=op.f('fk_lock_exception_granted_by')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_lock_exception_station_id')),
    sa.ForeignKeyConstraint(['unit_code'], ['org_unit.code'], name=op.f('fk_lock_exception_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lock_exception'))
    )
    with op.batch_alter_table('lock_exception', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lock_exception_period'), ['period'], unique=False)

    op.create_table('period_excuse',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('period', sa.Integer(), nullable=False),
    sa.Column('reason_code', sa.String(length=16), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('granted_by', sa.Integer(), nullable=True),
    sa.Column('recorded_at', db.UtcDateTime(), nullable=False),
    sa.Column('withdrawn_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['granted_by'], ['account.id'], name=op.f('fk_period_excuse_granted_by')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_period_excuse_station_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_period_excuse'))
    )
    with op.batch_alter_table('period_excuse', schema=None) as batch_op:
        batch_op.create_index('ix_period_excuse_period', ['period'], unique=False)
        batch_op.create_index('ix_period_excuse_station', ['station_id', 'period'], unique=False)

    op.create_table('reporting_start',
    sa.Column('county_code', sa.String(length=12), nullable=False),
    sa.Column('first_period', sa.Integer(), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('recorded_at', db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['county_code'], ['org_unit.code'], name=op.f('fk_reporting_start_county_code')),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_reporting_start_decided_by')),
    sa.PrimaryKeyConstraint('county_code', name=op.f('pk_reporting_start'))
    )
    op.create_table('sales_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('period', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('timeliness', sa.String(length=12), nullable=False),
    sa.Column('is_expected', sa.Boolean(), nullable=False),
    sa.Column('has_activity', sa.Boolean(), nullable=False),
    sa.Column('entered_by', sa.Integer(), nullable=True),
    sa.Column('first_received_at', db.UtcDateTime(), nullable=False),
    sa.Column('changed_at', db.UtcDateTime(), nullable=False),
    sa.Column('online_sales_out_fen', sa.BigInteger(), nullable=True),
    sa.Column('purchase_agency_fen', sa.BigInteger(), nullable=True),
    sa.Column('upstream_sales_fen', sa.BigInteger(), nullable=True),
    sa.Column('parcels_in', sa.Integer(), nullable=True),
    sa.Column('parcels_out', sa.Integer(), nullable=True),
    sa.Column('is_nil', sa.Boolean(), nullable=False),
    sa.Column('source', sa.String(length=8), nullable=False),
    sa.ForeignKeyConstraint(['entered_by'], ['account.id'], name=op.f('fk_sales_report_entered_by')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_sales_report_station_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sales_report')),
    sa.UniqueConstraint('station_id', 'period', name=op.f('uq_sales_report_station_id_period'))
    )
    with op.batch_alter_table('sales_report', schema=None) as batch_op:
        batch_op.create_index('ix_sales_report_period', ['period', 'state'], unique=False)
        batch_op.create_index('ix_sales_report_rates', ['station_id', 'period', 'is_expected', 'timeliness', 'is_nil', 'source', 'state', 'has_activity'], unique=False)

    op.create_table('snapshot',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('unit_path', sa.String(length=80), nullable=False),
    sa.Column('quarter', sa.String(length=6), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('taken_at', db.UtcDateTime(), nullable=False),
    sa.Column('taken_by', sa.Integer(), nullable=True),
    sa.Column('rule_version', sa.String(length=12), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['taken_by'], ['account.id'], name=op.f('fk_snapshot_taken_by')),
    sa.ForeignKeyConstraint(['unit_code'], ['org_unit.code'], name=op.f('fk_snapshot_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_snapshot')),
    sa.UniqueConstraint('unit_code', 'quarter', name=op.f('uq_snapshot_unit_code_quarter'))
    )
    op.create_table('feed_rejection',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('feed_id', sa.String(length=36), nullable=False),
    sa.Column('external_id', sa.String(length=80), nullable=False),
    sa.Column('content_sha256', sa.String(length=64), nullable=False),
    sa.Column('item', sa.JSON(), nullable=False),
    sa.Column('code', sa.String(length=24), nullable=False),
    sa.Column('received_at', db.UtcDateTime(), nullable=False),
    sa.Column('settled_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['feed_id'], ['feed.id'], name=op.f('fk_feed_rejection_feed_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feed_rejection')),
    sa.UniqueConstraint('feed_id', 'external_id', 'content_sha256', name=op.f('uq_feed_rejection_feed_id_external_id_content_sha256'))
    )
    op.create_table('feed_transaction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('feed_id', sa.String(length=36), nullable=False),
    sa.Column('external_id', sa.String(length=80), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('period', sa.Integer(), nullable=False),
    sa.Column('occurred_at', db.UtcDateTime(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('amount_fen', sa.BigInteger(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('content_sha256', sa.String(length=64), nullable=False),
    sa.Column('received_at', db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['feed_id'], ['feed.id'], name=op.f('fk_feed_transaction_feed_id')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_feed_transaction_station_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feed_transaction')),
    sa.UniqueConstraint('feed_id', 'external_id', name=op.f('uq_feed_transaction_feed_id_external_id'))
    )
    with op.batch_alter_table('feed_transaction', schema=None) as batch_op:
        batch_op.create_index('ix_feed_transaction_month', ['station_id', 'period'], unique=False)

    op.create_table('report_state_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('from_state', sa.String(length=12), nullable=True),
    sa.Column('to_state', sa.String(length=12), nullable=False),
    sa.Column('reason_code', sa.String(length=24), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('by', sa.Integer(), nullable=True),
    sa.Column('at', db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['account.id'], name=op.f('fk_report_state_change_by')),
    sa.ForeignKeyConstraint(['report_id'], ['sales_report.id'], name=op.f('fk_report_state_change_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_state_change'))
    )
    with op.batch_alter_table('report_state_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_state_change_report_id'), ['report_id'], unique=False)

    op.create_table('sales_report_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('client_uuid', sa.String(length=36), nullable=False),
    sa.Column('content_sha256', sa.String(length=64), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('timeliness', sa.String(length=12), nullable=False),
    sa.Column('captured_at', db.UtcDateTime(), nullable=False),
    sa.Column('received_at', db.UtcDateTime(), nullable=False),
    sa.Column('clock_offset_s', sa.Integer(), nullable=True),
    sa.Column('entered_by', sa.Integer(), nullable=True),
    sa.Column('online_sales_out_fen', sa.BigInteger(), nullable=True),
    sa.Column('purchase_agency_fen', sa.BigInteger(), nullable=True),
    sa.Column('upstream_sales_fen', sa.BigInteger(), nullable=True),
    sa.Column('parcels_in', sa.Integer(), nullable=True),
    sa.Column('parcels_out', sa.Integer(), nullable=True),
    sa.Column('is_nil', sa.Boolean(), nullable=False),
    sa.Column('source', sa.String(length=8), nullable=False),
    sa.ForeignKeyConstraint(['entered_by'], ['account.id'], name=op.f('fk_sales_report_version_entered_by')),
    sa.ForeignKeyConstraint(['report_id'], ['sales_report.id'], name=op.f('fk_sales_report_version_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sales_report_version')),
    sa.UniqueConstraint('client_uuid', name=op.f('uq_sales_report_version_client_uuid')),
    sa.UniqueConstraint('report_id', 'version', name=op.f('uq_sales_report_version_report_id_version'))
    )
    op.create_table('snapshot_station',
    sa.Column('snapshot_id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('listing_status', sa.String(length=12), nullable=False),
    sa.Column('vitality', sa.String(length=16), nullable=False),
    sa.Column('confidence', sa.String(length=16), nullable=True),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['snapshot_id'], ['snapshot.id'], name=op.f('fk_snapshot_station_snapshot_id')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_snapshot_station_station_id')),
    sa.PrimaryKeyConstraint('snapshot_id', 'station_id', name=op.f('pk_snapshot_station'))
    )
    op.create_index(
        'ix_station_transition_successor', 'station_transition', ['successor_id'], unique=False,
        postgresql_where=sa.text('successor_id IS NOT NULL'), sqlite_where=sa.text('successor_id IS NOT NULL'),
    )
    with op.batch_alter_table('reporting_obligation', schema=None) as batch_op:
        # Nothing wrote obligations before this revision; a row put in by hand counts as known since its first day.
        batch_op.add_column(sa.Column('recorded_at', db.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('superseded_at', db.UtcDateTime(), nullable=True))
    op.execute('update reporting_obligation set recorded_at = starts_on')
    with op.batch_alter_table('reporting_obligation', schema=None) as batch_op:
        batch_op.alter_column('recorded_at', existing_type=db.UtcDateTime(), nullable=False)

    with op.batch_alter_table('station', schema=None) as batch_op:
        batch_op.add_column(sa.Column('accepted_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('last_alive_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('dead_by_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('vitality_rule_version', sa.String(length=12), nullable=True))



def downgrade() -> None:
    op.drop_index('ix_station_transition_successor', table_name='station_transition')
    # Not in a batch: SQLite would rebuild the table, which other tables refer to.
    for column in ('vitality_rule_version', 'dead_by_on', 'last_alive_on', 'accepted_on'):
        op.drop_column('station', column)

    with op.batch_alter_table('reporting_obligation', schema=None) as batch_op:
        batch_op.drop_column('superseded_at')
        batch_op.drop_column('recorded_at')

    op.drop_table('snapshot_station')
    op.drop_table('sales_report_version')
    with op.batch_alter_table('report_state_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_state_change_report_id'))

    op.drop_table('report_state_change')
    with op.batch_alter_table('feed_transaction', schema=None) as batch_op:
        batch_op.drop_index('ix_feed_transaction_month')

    op.drop_table('feed_transaction')
    op.drop_table('feed_rejection')
    op.drop_table('snapshot')
    with op.batch_alter_table('sales_report', schema=None) as batch_op:
        batch_op.drop_index('ix_sales_report_rates')
        batch_op.drop_index('ix_sales_report_period')

    op.drop_table('sales_report')
    op.drop_table('reporting_start')
    with op.batch_alter_table('period_excuse', schema=None) as batch_op:
        batch_op.drop_index('ix_period_excuse_station')
        batch_op.drop_index('ix_period_excuse_period')

    op.drop_table('period_excuse')
    with op.batch_alter_table('lock_exception', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_lock_exception_period'))

    op.drop_table('lock_exception')
    with op.batch_alter_table('follow_up', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follow_up_station_id'))

    op.drop_table('follow_up')
    op.drop_table('feed')
    op.drop_table('county_return')
    op.drop_table('reminder_mailbox')
    op.drop_table('reminder_sent')
    op.drop_table('return_column')
